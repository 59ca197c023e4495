use proptest::prelude::*;
use roxmltree::Document;

use super::junit;
use crate::bundle::Place;
use crate::diagnostic::{Category, Diagnostic, ObjectName, Severity};
use crate::lint::Report;

fn found(name: &str, severity: Severity, message: &str) -> Diagnostic {
    Diagnostic {
        file: "web.yaml".into(),
        object: Some(ObjectName {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
            namespace: Some("shop".to_owned()),
            name: name.to_owned(),
        }),
        place: Some(Place::Yaml { line: 3, column: 5 }),
        ..Diagnostic::new("some-rule", severity, Category::Form, message)
    }
}

fn printed(diagnostics: Vec<Diagnostic>, fails_at: Severity) -> String {
    junit(&Report { diagnostics, objects: 5, others: 0 }, fails_at)
}

#[test]
fn a_clean_run_is_a_test_that_passed() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="infragen" tests="1" failures="0" errors="0">
  <testsuite name="infragen" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="infragen" name="objects without findings: 5"/>
  </testsuite>
</testsuites>
"#;
    assert_eq!(printed(Vec::new(), Severity::Error), expected);
}

#[test]
fn an_object_is_a_case_that_fails_by_what_weighs_enough() {
    let waived = Diagnostic { waived: Some("why".to_owned()), ..found("a", Severity::Error, "known") };
    let all = vec![found("a", Severity::Error, "bad"), found("a", Severity::Warning, "odd"), waived];
    let all = [
        all,
        vec![
            found("b", Severity::Warning, "odd"),
            Diagnostic { object: None, ..found("", Severity::Info, "so") },
        ],
    ]
    .concat();
    let text = printed(all.clone(), Severity::Error);
    let document = Document::parse(&text).unwrap();
    let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    let names: Vec<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(names, ["shop/Pod/a", "shop/Pod/b", "the file itself", "objects without findings: 3"]);
    let child = |case: usize, name| {
        cases[case].children().find(|node| node.has_tag_name(name)).map(|node| node.text().unwrap())
    };
    assert_eq!(child(0, "failure"), Some("error[some-rule]: bad\n  web.yaml:3:5\n"));
    assert!(child(0, "system-out").unwrap().ends_with("known\n  web.yaml:3:5\n  waived: why\n"));
    assert_eq!(child(1, "failure"), None);
    assert!(text.contains(r#"tests="4" failures="1""#), "{text}");
    assert!(printed(all, Severity::Warning).contains(r#"tests="4" failures="2""#));
}

proptest! {
    #[test]
    fn any_text_that_xml_can_hold_comes_back(message in "[^\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]*") {
        let text = printed(vec![found("a", Severity::Error, &message)], Severity::Error);
        let document = Document::parse(&text).unwrap();
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        prop_assert_eq!(failure.attribute("message").unwrap(), message);
    }

    #[test]
    fn any_text_is_well_formed(message in any::<String>(), file in any::<String>()) {
        let found = Diagnostic { file: file.into(), ..found("a", Severity::Error, &message) };
        let text = printed(vec![found], Severity::Error);
        prop_assert!(Document::parse(&text).is_ok(), "{}", text);
    }
}
