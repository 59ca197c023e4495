use super::{ANNOTATION, nearest_rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Options, check, lint, testing};

/// A Pod with one error, a mount without a volume, and with these annotations.
fn pod(annotations: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, annotations: {{{annotations}}}}}\n\
         spec: {{containers: [{{name: a, image: 'a:1', volumeMounts: [{{name: tmp, mountPath: /tmp}}]}}]}}\n"
    )
}

fn found(yaml: &str) -> Vec<Diagnostic> {
    lint(&testing::bundle(yaml), &Options::default()).diagnostics
}

fn of<'d>(diagnostics: &'d [Diagnostic], rule: &str) -> Option<&'d Diagnostic> {
    diagnostics.iter().find(|diagnostic| diagnostic.rule == rule)
}

#[test]
fn an_annotation_waives_and_stays_in_the_report() {
    let reason = format!("{ANNOTATION}volume-mount-without-volume: a webhook adds it");
    let diagnostics = found(&pod(&reason));
    let waived = of(&diagnostics, "volume-mount-without-volume").unwrap();
    assert_eq!(waived.waived.as_deref(), Some("a webhook adds it"));
    assert!(of(&diagnostics, "unused-waiver").is_none());
    assert!(of(&found(&pod("")), "volume-mount-without-volume").unwrap().waived.is_none());
}

#[test]
fn an_annotation_is_for_its_own_object_alone() {
    let annotated = pod(&format!("{ANNOTATION}volume-mount-without-volume: a webhook adds it"));
    let other = pod("").replace("name: web", "name: other");
    let diagnostics = found(&format!("{annotated}---\n{other}"));
    let waived: Vec<_> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.rule == "volume-mount-without-volume")
        .map(|diagnostic| diagnostic.waived.is_some())
        .collect();
    assert_eq!(waived, [true, false]);
}

#[test]
fn an_environment_waives_for_one_object_or_for_all() {
    for (object, is_waived) in [("", true), (", object: Pod/web", true), (", object: Pod/other", false)] {
        let facts = format!(
            "apiVersion: infragen.dev/v1\nkind: Facts\n\
             waivers: [{{rule: volume-mount-without-volume, reason: a webhook adds it{object}}}]\n---\n"
        );
        let diagnostics = found(&(facts + &pod("")));
        assert_eq!(
            of(&diagnostics, "volume-mount-without-volume").unwrap().waived.is_some(),
            is_waived,
            "{object}"
        );
        assert_eq!(of(&diagnostics, "unused-waiver").is_none(), is_waived, "{object}");
    }
}

#[test]
fn a_waiver_without_a_reason_waives_nothing() {
    let diagnostics = found(&pod(&format!("{ANNOTATION}volume-mount-without-volume: ' '")));
    assert!(of(&diagnostics, "volume-mount-without-volume").unwrap().waived.is_none());
    assert_eq!(of(&diagnostics, "waiver-without-reason").unwrap().severity, Severity::Error);
    assert!(of(&diagnostics, "unused-waiver").is_none(), "one complaint is enough");
}

#[test]
fn a_waiver_of_a_rule_that_did_not_look_is_not_unused() {
    let bundle = testing::bundle(&pod(&format!("{ANNOTATION}service-without-pods: later")));
    let unused = |options| of(&lint(&bundle, &options).diagnostics, "unused-waiver").is_some();
    assert!(unused(Options::default()));
    assert!(!unused(Options { ignore: vec!["service-without-pods".to_owned()], ..Options::default() }));
}

#[test]
fn a_misspelt_rule_is_told_with_the_nearest() {
    let diagnostics = found(&pod(&format!("{ANNOTATION}volume-mount-witout-volume: a webhook adds it")));
    let unknown = of(&diagnostics, "waiver-of-unknown-rule").unwrap();
    assert_eq!(unknown.help, "did you mean `volume-mount-without-volume`?");
    assert_eq!(
        unknown.path.to_string(),
        "metadata.annotations[\"infragen.dev/allow.volume-mount-witout-volume\"]"
    );
    assert_eq!(nearest_rule("zzz"), None);
}

#[test]
fn only_what_is_waived_with_a_reason_may_be_written() {
    let passes = |yaml: &str| check(testing::bundle(yaml), &Options::default()).is_ok();
    assert!(!passes(&pod("")));
    assert!(passes(&pod(&format!("{ANNOTATION}volume-mount-without-volume: a webhook adds it"))));
    assert!(!passes(&pod(&format!("{ANNOTATION}volume-mount-without-volume: ''"))));
}
