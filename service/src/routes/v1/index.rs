//! `GET /api/v1`: what there is.

use rocket::get;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use super::answer::Answer;
use super::asked::Asked;
use crate::error::Error;
use crate::routes::openapi::{self, Operation, example};

/// The reports, by their paths.
#[derive(Serialize, JsonSchema)]
pub(in crate::routes) struct Index {
    /// Where each report is told in full.
    openapi: &'static str,
    /// The reports.
    reports: Vec<Entry>,
}

/// One report.
#[derive(Serialize, JsonSchema)]
struct Entry {
    /// Its path.
    path: String,
    /// What it tells.
    summary: String,
}

/// Answers the list of reports.
#[get("/api/v1")]
pub(in crate::routes) fn index_v1(asked: Asked<'_>) -> Result<Answer, Error> {
    asked.reader(&[]).finish()?;
    let reports = openapi::summaries("/api/v1/reports/");
    let reports = reports.into_iter().map(|(path, summary)| Entry { path, summary }).collect();
    Answer::json(&Index { openapi: "/openapi.json", reports })
}

/// What the OpenAPI document says of it.
pub(in crate::routes) fn describe(schemas: &mut SchemaGenerator) -> Value {
    Operation::new("index", "What reports there are")
        .open()
        .parameters(&[])
        .json::<Index>(schemas, example(include_str!("examples/index.json")))
        .into_value()
}
