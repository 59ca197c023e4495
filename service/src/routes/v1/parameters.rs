//! What reports may be asked with: read by [`super::reader`], and told by the OpenAPI document.

use serde_json::{Value, json};

/// A parameter of a query.
#[derive(Debug)]
pub(in crate::routes) struct Parameter {
    /// Its name.
    pub(in crate::routes) name: &'static str,
    /// What it does, and what it is when it is not given.
    pub(in crate::routes) about: &'static str,
    /// Its values, as a JSON schema.
    pub(in crate::routes) schema: fn() -> Value,
    /// Some values.
    pub(in crate::routes) examples: &'static [&'static str],
}

pub(in crate::routes) const FROM: Parameter = Parameter {
    name: "from",
    about: "The first day. Without it: 30 days before `to`.",
    schema: || json!({ "type": "string", "format": "date" }),
    examples: &["2026-11-01"],
};

pub(super) const TO: Parameter = Parameter {
    name: "to",
    about: "The day after the last: it is not part of the report. Without it: tomorrow, so that today is the last.",
    schema: || json!({ "type": "string", "format": "date" }),
    examples: &["2026-12-01"],
};

pub(super) const FROM_EVER: Parameter = Parameter {
    name: "from",
    about: "The first day on which the tokens that count were made. Without `from` and `to`, all tokens count; with `to` alone, those since the year 1.",
    schema: || json!({ "type": "string", "format": "date" }),
    examples: &["2026-11-01"],
};

pub(super) const TO_EVER: Parameter = Parameter {
    name: "to",
    about: "The day after the last on which they were made. With `from` alone: tomorrow.",
    schema: || json!({ "type": "string", "format": "date" }),
    examples: &["2026-12-01"],
};

pub(in crate::routes) const TZ: Parameter = Parameter {
    name: "tz",
    about: "The time zone in which days begin, by its name in IANA's table. The database holds UTC. Without it: UTC.",
    schema: || json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_+/-]{1,63}$", "default": "UTC" }),
    examples: &["Europe/Lisbon", "Asia/Kolkata"],
};

pub(super) const GRANULARITY: Parameter = Parameter {
    name: "granularity",
    about: "How long a bucket is. Weeks begin on Monday, and `from` and `to` may cut the first and the last bucket. Hours are told for 93 days at most, all others for 3,660.",
    schema: || json!({ "type": "string", "enum": ["hour", "day", "week", "month"], "default": "day" }),
    examples: &["week"],
};

pub(super) const FILL: Parameter = Parameter {
    name: "fill",
    about: "Whether a bucket without a token is told, with zeros, or left out.",
    schema: || json!({ "type": "string", "enum": ["zero", "none"], "default": "zero" }),
    examples: &["none"],
};

pub(super) const COMPARE: Parameter = Parameter {
    name: "compare",
    about: "Adds to every bucket what it is compared with: the one as many days earlier as the range has, or that of the year before.",
    schema: || json!({ "type": "string", "enum": ["previous_period", "previous_year"] }),
    examples: &["previous_period"],
};

pub(in crate::routes) const COMPARE_ALWAYS: Parameter = Parameter {
    name: "compare",
    about: "What the range is compared with: as many days before it, or the same days of the year before.",
    schema: || json!({ "type": "string", "enum": ["previous_period", "previous_year"], "default": "previous_period" }),
    examples: &["previous_year"],
};

pub(super) const SORT: Parameter = Parameter {
    name: "sort",
    about: "The order: by the user's number, or the most frequent first.",
    schema: || json!({ "type": "string", "enum": ["user_id", "-visits"], "default": "user_id" }),
    examples: &["-visits"],
};

pub(super) const LIMIT: Parameter = Parameter {
    name: "limit",
    about: "How many users a page has at most.",
    schema: || json!({ "type": "integer", "minimum": 1, "maximum": 10_000, "default": 100 }),
    examples: &["1000"],
};

pub(super) const CURSOR: Parameter = Parameter {
    name: "cursor",
    about: "Where the page begins: what `next` of the page before has. It is good for the same question alone; `limit` and `format` may change.",
    schema: || json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{16,128}$" }),
    examples: &[],
};

pub(super) const FORMAT: Parameter = Parameter {
    name: "format",
    about: "JSON or CSV. Without it, the field `Accept` decides, and JSON is preferred.",
    schema: || json!({ "type": "string", "enum": ["json", "csv"] }),
    examples: &["csv"],
};
