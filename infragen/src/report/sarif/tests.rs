use proptest::prelude::*;
use serde_json::{Value, json};

use super::sarif;
use crate::bundle::Place;
use crate::diagnostic::{Category, Diagnostic, Excerpt, ObjectName, Severity};
use crate::lint::Report;
use crate::node::FieldPath;
use crate::origin::Chosen;

fn printed(diagnostics: Vec<Diagnostic>) -> Value {
    let report = Report { diagnostics, objects: 1, others: 0 };
    serde_json::from_str::<Value>(&sarif(&report)).unwrap()["runs"][0].clone()
}

fn read() -> Diagnostic {
    Diagnostic {
        help: "set it".to_owned(),
        file: "über uns/pod.yaml".into(),
        path: FieldPath::parse("spec"),
        object: Some(ObjectName {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
            namespace: None,
            name: "web".to_owned(),
        }),
        place: Some(Place::Yaml { line: 3, column: 5 }),
        excerpt: Some(Excerpt { line: "    spec: {}".to_owned(), start: 4, length: 4 }),
        ..Diagnostic::new("missing-memory-limit", Severity::Warning, Category::Practice, "no limit")
    }
}

#[test]
fn a_result_has_its_rule_its_place_and_its_object() {
    let run = printed(vec![read()]);
    let expected = json!([{
        "ruleId": "missing-memory-limit", "ruleIndex": 0, "level": "warning",
        "message": {"text": "no limit; set it"},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": "%C3%BCber%20uns/pod.yaml", "uriBaseId": "SRCROOT"},
                "region": {"startLine": 3, "startColumn": 5, "endColumn": 9},
            },
            "logicalLocations": [{"fullyQualifiedName": "Pod/web spec"}],
        }],
    }]);
    assert_eq!(run["results"], expected);
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["shortDescription"]["text"], "Flags containers without a memory limit.");
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Examples"));
    assert!(rule["fullDescription"]["text"].as_str().unwrap().contains("may take all memory"));
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
}

#[test]
fn what_is_waived_is_suppressed_with_its_reason() {
    let waived = Diagnostic { waived: Some("measured".to_owned()), ..read() };
    let suppressions = &printed(vec![waived])["results"][0]["suppressions"];
    assert_eq!(suppressions, &json!([{"kind": "inSource", "justification": "measured"}]));
}

#[test]
fn a_rendered_value_leads_to_its_line_of_rust() {
    let origin = Chosen::here(()).origin;
    let line = line!() - 1;
    let rendered = Diagnostic {
        place: Some(Place::Rust(origin)),
        ..Diagnostic::new("x", Severity::Error, Category::Form, "bad")
    };
    let location = printed(vec![rendered])["results"][0]["locations"][0]["physicalLocation"].clone();
    assert_eq!(location["artifactLocation"]["uri"], file!());
    assert_eq!(location["region"]["startLine"], line);
}

proptest! {
    #[test]
    fn any_text_comes_back(message in any::<String>(), reason in any::<String>()) {
        let found = Diagnostic {
            waived: Some(reason.clone()),
            ..Diagnostic::new("some-rule", Severity::Info, Category::Form, &message)
        };
        let run = printed(vec![found]);
        prop_assert_eq!(run["results"][0]["message"]["text"].as_str().unwrap(), message);
        prop_assert_eq!(run["results"][0]["suppressions"][0]["justification"].as_str().unwrap(), reason);
    }
}
