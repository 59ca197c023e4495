use super::human;
use crate::bundle::Place;
use crate::diagnostic::{Category, Diagnostic, Excerpt, ObjectName, Severity};
use crate::lint::Report;
use crate::node::FieldPath;
use crate::origin::Origin;

fn rendered() -> Diagnostic {
    let object = ObjectName {
        api_version: "apps/v1".to_owned(),
        kind: "Deployment".to_owned(),
        namespace: Some("coworking".to_owned()),
        name: "web".to_owned(),
    };
    Diagnostic {
        help: "set `resources.limits.memory`".to_owned(),
        file: "kubernetes/40-deployment-web.yaml".into(),
        path: FieldPath::parse("spec.template.spec.containers[0].resources.limits.memory"),
        object: Some(object),
        place: Some(Place::Rust(Origin::Default("no limit was asked for"))),
        ..Diagnostic::new(
            "missing-memory-limit",
            Severity::Warning,
            Category::Practice,
            "container `web` has no memory limit",
        )
    }
}

fn read() -> Diagnostic {
    let excerpt = Excerpt { line: "    image: web".to_owned(), start: 4, length: 5 };
    Diagnostic {
        help: "name the version".to_owned(),
        file: "pod.yaml".into(),
        path: FieldPath::parse("spec.containers[0].image"),
        place: Some(Place::Yaml { line: 12, column: 5 }),
        excerpt: Some(excerpt),
        ..Diagnostic::new(
            "latest-image-tag",
            Severity::Error,
            Category::Practice,
            "the image `web` has no tag",
        )
    }
}

#[test]
fn findings_are_told_with_place_object_field_and_help() {
    let waived = Diagnostic { waived: Some("it is small".to_owned()), ..read() };
    let report = Report { diagnostics: vec![rendered(), read(), waived], objects: 31, others: 1 };
    let expected = "\
warning[missing-memory-limit]: container `web` has no memory limit
  --> default: no limit was asked for
   at Deployment/web spec.template.spec.containers[0].resources.limits.memory
   in kubernetes/40-deployment-web.yaml
  help: set `resources.limits.memory`

error[latest-image-tag]: the image `web` has no tag
  --> pod.yaml:12:5
   12 |     image: web
      |     ^^^^^
   at spec.containers[0].image
  help: name the version

1 error, 1 warning in 31 objects and 1 other document (1 waived)
";
    assert_eq!(human(&report, false), expected);
}

#[test]
fn colours_change_no_word() {
    let report = Report { diagnostics: vec![rendered(), read()], objects: 2, others: 0 };
    let painted = human(&report, true);
    assert!(painted.contains("\u{1b}[1m\u{1b}[31merror[latest-image-tag]\u{1b}[0m"));
    assert_eq!(anstream::adapter::strip_str(&painted).to_string(), human(&report, false));
}

#[test]
fn a_clean_bundle_is_one_line() {
    let report = Report { diagnostics: Vec::new(), objects: 1, others: 0 };
    assert_eq!(human(&report, false), "no findings in 1 object\n");
}
