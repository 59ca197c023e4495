//! `GET /openapi.json`: what the service answers, as OpenAPI 3.1.
//!
//! Schemas are those of the types that are answered, and parameters those that the reader knows, so that the document
//! cannot tell another story. A copy is committed, which a test compares.

mod document;
mod old;
mod operation;

use std::sync::LazyLock;

use rocket::get;
use rocket::response::content::RawJson;
use serde_json::Value;

pub(in crate::routes) use operation::Operation;

static DOCUMENT: LazyLock<Value> = LazyLock::new(document::document);
static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", *DOCUMENT));

/// The document, as it is served and committed.
pub fn text() -> &'static str {
    &TEXT
}

/// Answers the document.
#[get("/openapi.json")]
pub(super) fn openapi() -> RawJson<&'static str> {
    RawJson(text())
}

/// The paths that begin so, each with its summary.
pub(super) fn summaries(prefix: &str) -> Vec<(String, String)> {
    let paths = DOCUMENT["paths"].as_object().into_iter().flatten();
    let paths = paths.filter(|(path, _)| path.starts_with(prefix));
    paths
        .map(|(path, item)| (path.clone(), item["get"]["summary"].as_str().unwrap_or("").to_owned()))
        .collect()
}

/// An example that stands in a file of its own; the tests read every one of them.
pub(super) fn example(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
