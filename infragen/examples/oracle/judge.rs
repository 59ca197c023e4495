//! What infragen says about one object.

use std::path::Path;

use infragen::bundle::Bundle;
use infragen::diagnostic::{Category, Severity};
use infragen::lint::{Options, lint};
use serde_json::Value;

use super::custom;

/// The errors that infragen expects the API server to refuse the object for.
pub(crate) fn errors(object: &Value) -> Vec<String> {
    let text = object.to_string();
    let file = infragen::read::file(Path::new("object.json"), text.as_bytes()).unwrap();
    let bundle = Bundle { documents: file.documents, ..Bundle::default() };
    let definitions = custom::DEFINITIONS.clone();
    let report = lint(&bundle, &Options { definitions, ..Options::default() });
    let is_meant = |category| matches!(category, Category::Form | Category::Schema | Category::Admission);
    report
        .open()
        .filter(|found| found.severity == Severity::Error && is_meant(found.category))
        .map(|found| format!("{} at {}: {}", found.rule, found.path, found.message))
        .collect()
}
