//! The endpoints of the service that this one replaces. They answer as it did, whatever the query says.

use schemars::SchemaGenerator;
use serde_json::{Value, json};

use super::Operation;

const HTML: &str = "text/html; charset=utf-8";

pub(super) fn daily_usage(_: &mut SchemaGenerator) -> Value {
    let counts = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
    Operation::new("oldDailyUsage", "Visits of each day, since the first")
        .about("Keys are days, `None` for tokens without one.")
        .answer("application/json", &counts, Some(json!({ "2023-02-07": 20, "2023-02-08": 18 })))
        .failing()
        .into_value()
}

pub(super) fn user_visits(_: &mut SchemaGenerator) -> Value {
    let entry = json!({
        "type": "object",
        "required": ["joined_at", "visits"],
        "properties": {
            "joined_at": { "type": "string", "description": "When the user joined; `None` if the user is gone." },
            "visits": { "type": "integer", "description": "All tokens, used or not." },
        },
    });
    let counts = json!({ "type": "object", "additionalProperties": entry });
    let example = json!({ "1": { "joined_at": "2023-02-07 10:11:12.100000", "visits": 5 } });
    Operation::new("oldUserVisits", "All tokens of each user, used or not")
        .about("Keys are the users' numbers.")
        .personal()
        .answer("application/json", &counts, Some(example))
        .failing()
        .into_value()
}

pub(super) fn health_check(_: &mut SchemaGenerator) -> Value {
    Operation::new("healthCheck", "Whether the program runs")
        .open()
        .answer(HTML, &json!({ "type": "string", "const": "ok" }), Some("ok".into()))
        .into_value()
}

pub(super) fn readiness_check(_: &mut SchemaGenerator) -> Value {
    let failed = json!({ "type": "string", "const": "failed" });
    Operation::new("readinessCheck", "Whether a report can be answered")
        .about("Within 1.3 seconds.")
        .open()
        .answer(HTML, &json!({ "type": "string", "const": "ok" }), Some("ok".into()))
        .response(
            "500",
            json!({
                "description": "No: the database does not answer, or the service is about to stop.",
                "content": { HTML: { "schema": failed, "example": "failed" } },
            }),
        )
        .into_value()
}
