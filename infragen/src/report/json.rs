//! Diagnostics for programs: one JSON array.

use serde::Serialize;

use crate::bundle::Place;
use crate::diagnostic::{Category, Diagnostic, ObjectName, Severity};
use crate::lint::Report;

/// One finding, as programs read it.
#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: Severity,
    category: Category,
    message: &'a str,
    help: &'a str,
    /// The manifest, or the Rust file that a rendered value comes from.
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    path: String,
    object: Option<&'a ObjectName>,
    /// Present for what somebody decided to live with.
    #[serde(skip_serializing_if = "Option::is_none")]
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

impl<'a> From<&'a Diagnostic> for Entry<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        let written = diagnostic.file.display().to_string();
        let (file, line, column) = match &diagnostic.place {
            Some(Place::Yaml { line, column }) => (written, Some(*line), Some(*column)),
            Some(Place::Rust(origin)) => match origin.location() {
                Some(at) => (at.file().to_owned(), Some(at.line() as usize), Some(at.column() as usize)),
                None => (written, None, None),
            },
            None => (written, None, None),
        };
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
}
