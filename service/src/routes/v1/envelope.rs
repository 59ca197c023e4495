//! What stands around the rows of a report.

use schemars::JsonSchema;
use serde::Serialize;

use crate::reports::{Compare, Granularity, Summary, Usage};

/// A report by bucket.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct UsageReport {
    /// The buckets, the first first.
    pub(super) data: Vec<Usage>,
    /// What was asked.
    pub(super) meta: UsageMeta,
    /// Always null: a report by bucket is one page.
    #[schemars(with = "()")]
    pub(super) next: Option<String>,
}

/// What was asked, with all that was not said.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct UsageMeta {
    #[serde(flatten)]
    pub(super) range: RangeMeta,
    /// How long a bucket is.
    pub(super) granularity: Granularity,
    /// Whether buckets without a token are there: `zero`, or not: `none`.
    pub(super) fill: Fill,
    /// With what the buckets are compared.
    pub(super) compare: Option<Compare>,
}

/// Whether buckets without a token are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fill {
    /// With zeros.
    Zero,
    /// They are left out.
    None,
}

/// The range of a report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RangeMeta {
    /// The first day.
    #[schemars(extend("format" = "date"))]
    pub(super) from: String,
    /// The day after the last.
    #[schemars(extend("format" = "date"))]
    pub(super) to: String,
    /// The time zone in which days begin.
    pub(super) tz: String,
    /// The minute in which the report was made; null if the range was over before. All that was committed before the
    /// request is counted.
    #[schemars(extend("format" = "date-time"))]
    pub(super) as_of: Option<String>,
}

/// A range in a few figures.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SummaryReport {
    /// The figures.
    pub(super) data: Summary,
    /// What was asked.
    pub(super) meta: SummaryMeta,
    /// Always null: there is one page.
    #[schemars(with = "()")]
    pub(super) next: Option<String>,
}

/// What was asked, with all that was not said.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SummaryMeta {
    #[serde(flatten)]
    pub(super) range: RangeMeta,
    /// With what the range is compared.
    pub(super) compare: Compare,
}

/// A page of users.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct UserReport {
    /// The users of the page.
    pub(super) data: Vec<UserRow>,
    /// What was asked.
    pub(super) meta: UserMeta,
    /// The path and query of the next page; null on the last.
    pub(super) next: Option<String>,
}

/// A user's tokens.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct UserRow {
    /// The user's number.
    pub(super) user_id: i64,
    /// The first name; null if the user is gone, or the database has no names to show.
    pub(super) first_name: Option<String>,
    /// The last name; null as the first.
    pub(super) last_name: Option<String>,
    /// When the user joined; null if the user is gone.
    #[schemars(extend("format" = "date-time"))]
    pub(super) joined_at: Option<String>,
    /// The visits: tokens that were used.
    #[schemars(range(min = 0))]
    pub(super) visits: i64,
    /// All tokens, used or not: what `/api/reports/user_visits` calls visits.
    #[schemars(range(min = 0))]
    pub(super) tokens: i64,
}

/// What was asked, with all that was not said.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct UserMeta {
    /// The first day on which the tokens that count were made; null with `to` if all count.
    #[schemars(extend("format" = "date"))]
    pub(super) from: Option<String>,
    /// The day after the last.
    #[schemars(extend("format" = "date"))]
    pub(super) to: Option<String>,
    /// The time zone in which days begin.
    pub(super) tz: String,
    /// The order.
    pub(super) sort: Sort,
    /// How many users a page has at most.
    #[schemars(range(min = 1, max = 10_000))]
    pub(super) limit: u32,
}

/// An order of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, Serialize, JsonSchema)]
pub(super) enum Sort {
    /// By the user's number.
    #[serde(rename = "user_id")]
    Id,
    /// The most frequent first.
    #[serde(rename = "-visits")]
    Frequent,
}
