//! What is printed for programs is what its schema says, and shows what a run finds in real objects.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]

use boon::{Compiler, SchemaIndex, Schemas};
use infragen::bundle::{Bundle, Content, Document};
use infragen::diagnostic::{Category, Diagnostic, Severity};
use infragen::lint::{self, Options, Report};
use infragen::{read, report};
use proptest::prelude::*;
use serde_json::Value;

/// As the OASIS Open SARIF committee publishes it, errata included.
const SARIF: &str = include_str!("sarif-2.1.0.json");

struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("schema.json", schema).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn sarif() -> Self {
        Self::new(serde_json::from_str(SARIF).unwrap())
    }

    fn json() -> Self {
        Self::new(report::json_schema().to_value())
    }

    fn check(&self, text: &str) {
        let value: Value = serde_json::from_str(text).unwrap();
        let verdict = self.schemas.validate(&value, self.index);
        assert!(verdict.is_ok(), "{:#}\n{text}", verdict.unwrap_err());
    }
}

/// Each example of each rule's manual, read as somebody's file, with all that any rule says about it.
fn reports() -> impl Iterator<Item = Report> {
    lint::rules::ALL.iter().map(|rule| {
        let manual = rule.manual();
        let examples = manual.split("```yaml bad\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        let documents = examples.flat_map(|example| read::objects(example).unwrap());
        let documents =
            documents.map(|node| Document::rendered("x y/é.yaml", Content::Object(node))).collect();
        lint::lint(&Bundle { documents, ..Bundle::default() }, &Options::default())
    })
}

#[test]
fn what_is_found_in_the_manuals_examples_fits_the_schemas() {
    let (sarif, json) = (Schema::sarif(), Schema::json());
    let mut all = Report::default();
    for found in reports() {
        all.diagnostics.extend(found.diagnostics);
    }
    assert!(all.diagnostics.len() > lint::rules::ALL.len());
    sarif.check(&report::sarif(&all));
    json.check(&report::json(&all));
}

#[test]
fn an_empty_report_fits_the_schemas() {
    Schema::sarif().check(&report::sarif(&Report::default()));
    Schema::json().check(&report::json(&Report::default()));
}

#[test]
fn a_field_that_is_missing_does_not_fit() {
    let schema = Schema::json();
    let found = Diagnostic::new("some-rule", Severity::Error, Category::Form, "bad");
    let report = Report { diagnostics: vec![found], objects: 0, others: 0 };
    let mut value: Value = serde_json::from_str(&report::json(&report)).unwrap();
    for field in
        ["rule", "severity", "category", "message", "help", "file", "line", "column", "path", "object"]
    {
        let removed = value[0].as_object_mut().unwrap().remove(field).unwrap();
        assert!(schema.schemas.validate(&value, schema.index).is_err(), "{field}");
        value[0][field] = removed;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_and_any_file_fit_the_schemas(
        message in any::<String>(),
        file in "[^\u{0}]*",
        waived in any::<Option<String>>(),
    ) {
        let found = Diagnostic {
            file: file.into(),
            waived,
            ..Diagnostic::new("some-rule", Severity::Error, Category::Form, message)
        };
        let report = Report { diagnostics: vec![found], objects: 0, others: 0 };
        Schema::sarif().check(&report::sarif(&report));
        Schema::json().check(&report::json(&report));
    }
}
