//! Diagnostics for programs: one JSON array.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::whereabouts::Whereabouts;
use crate::diagnostic::{Category, Diagnostic, ObjectName, Severity};
use crate::lint::Report;

/// One finding, as programs read it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct Entry<'a> {
    /// The rule's name, such as `missing-memory-limit`: `infragen rules NAME` prints its manual.
    rule: &'a str,
    /// How much it weighs.
    severity: Severity,
    /// What it is about.
    category: Category,
    /// What is wrong, and where.
    message: &'a str,
    /// What to do about it; empty where nothing is to be said.
    help: &'a str,
    /// The manifest, or the Rust file that a rendered value comes from; empty for the bundle as a whole.
    file: String,
    /// First is 1.
    #[schemars(range(min = 1))]
    line: Option<usize>,
    /// In characters; first is 1.
    #[schemars(range(min = 1))]
    column: Option<usize>,
    /// The field of the object, such as `spec.containers[0].image`; empty for the object as a whole.
    path: String,
    /// The object, unless it is about something else.
    object: Option<&'a ObjectName>,
    /// Why somebody decided to live with it; present for such findings alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    waived: Option<&'a str>,
}

/// Prints all findings, waived ones too, as one array.
#[must_use]
#[expect(
    clippy::expect_used,
    reason = "an entry holds only text and numbers, and a string takes every write"
)]
pub fn json(report: &Report) -> String {
    let entries: Vec<_> = report.diagnostics.iter().map(Entry::from).collect();
    let mut text = serde_json::to_string_pretty(&entries).expect("entries are JSON");
    text.push('\n');
    text
}

/// The JSON schema of what [`json`] prints.
#[must_use]
pub fn json_schema() -> Schema {
    let mut schema =
        SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<Vec<Entry<'_>>>();
    schema.insert("title".to_owned(), "infragen's findings".into());
    schema
}

impl<'a> From<&'a Diagnostic> for Entry<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        let Whereabouts { file, line, column, .. } = Whereabouts::of(diagnostic);
        Self {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            category: diagnostic.category,
            message: &diagnostic.message,
            help: &diagnostic.help,
            file,
            line,
            column,
            path: diagnostic.path.to_string(),
            object: diagnostic.object.as_ref(),
            waived: diagnostic.waived.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::json;
    use crate::bundle::Place;
    use crate::diagnostic::{Category, Diagnostic, ObjectName, Severity};
    use crate::lint::Report;
    use crate::node::FieldPath;
    use crate::origin::Chosen;

    #[test]
    fn a_finding_has_every_field_that_programs_rely_on() {
        let origin = Chosen::here(()).origin;
        let line = line!() - 1;
        let object = ObjectName {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
            namespace: None,
            name: "web".to_owned(),
        };
        let rendered = Diagnostic {
            help: "do".to_owned(),
            file: "kubernetes/pod.yaml".into(),
            path: FieldPath::parse("spec.containers[0]"),
            object: Some(object),
            place: Some(Place::Rust(origin)),
            ..Diagnostic::new("some-rule", Severity::Error, Category::PodSecurity, "bad")
        };
        let read = Diagnostic {
            file: "pod.yaml".into(),
            place: Some(Place::Yaml { line: 3, column: 5 }),
            waived: Some("why".to_owned()),
            ..Diagnostic::new("other-rule", Severity::Warning, Category::Form, "odd")
        };
        let report = Report { diagnostics: vec![rendered, read], objects: 1, others: 0 };
        let value: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
        let expected = serde_json::json!([
            {
                "rule": "some-rule", "severity": "error", "category": "pod-security", "message": "bad", "help": "do",
                "file": file!(), "line": line, "column": value[0]["column"], "path": "spec.containers[0]",
                "object": {"apiVersion": "v1", "kind": "Pod", "namespace": null, "name": "web"},
            },
            {
                "rule": "other-rule", "severity": "warning", "category": "form", "message": "odd", "help": "",
                "file": "pod.yaml", "line": 3, "column": 5, "path": "", "object": null, "waived": "why",
            },
        ]);
        assert_eq!(value, expected);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(message in any::<String>(), help in any::<String>()) {
            let found = Diagnostic {
                help: help.clone(),
                ..Diagnostic::new("some-rule", Severity::Info, Category::Form, &message)
            };
            let report = Report { diagnostics: vec![found], objects: 1, others: 0 };
            let value: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
            prop_assert_eq!(value[0]["message"].as_str().unwrap(), message);
            prop_assert_eq!(value[0]["help"].as_str().unwrap(), help);
        }
    }
}
