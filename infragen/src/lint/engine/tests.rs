use std::sync::Arc;

use crate::bundle::{Bundle, Content, Document, Place, Places};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::lint::rules::{
    DANGLING_SERVICE_ACCOUNT, MISSING_MEMORY_LIMIT, PRIVILEGED_CONTAINER, PROBE_OF_UNKNOWN_PORT,
};
use crate::lint::{Options, Rule, check, lint, testing};
use crate::node::{FieldPath, PlaceId};
use crate::origin::Origin;
use crate::read;

/// What one rule finds in the Pod's spec, wherever the kind keeps it.
fn paths(rule: &Rule, kind: &str, spec_of_pod: &str) -> Vec<String> {
    let template = format!("{{spec: {spec_of_pod}}}");
    let yaml = match kind {
        "Pod" => format!("kind: Pod\nmetadata: {{name: a}}\nspec: {spec_of_pod}\n"),
        "PodTemplate" => format!("kind: PodTemplate\nmetadata: {{name: a}}\ntemplate: {template}\n"),
        "CronJob" => format!(
            "kind: CronJob\nmetadata: {{name: a}}\nspec: {{jobTemplate: {{spec: {{template: {template}}}}}}}\n"
        ),
        _ => format!("kind: {kind}\nmetadata: {{name: a}}\nspec: {{template: {template}}}\n"),
    };
    testing::found(rule, &yaml).into_iter().map(|diagnostic| diagnostic.path.to_string()).collect()
}

#[test]
fn every_kind_with_a_pod_template_is_walked() {
    let end = "containers[0].resources.limits.memory";
    let below_template =
        ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"];
    let others = [
        ("Pod", format!("spec.{end}")),
        ("PodTemplate", format!("template.spec.{end}")),
        ("CronJob", format!("spec.jobTemplate.spec.template.spec.{end}")),
    ];
    let kinds =
        below_template.into_iter().map(|kind| (kind, format!("spec.template.spec.{end}"))).chain(others);
    for (kind, path) in kinds {
        assert_eq!(paths(&MISSING_MEMORY_LIMIT, kind, "{containers: [{name: a}]}"), [path], "{kind}");
    }
    assert_eq!(paths(&MISSING_MEMORY_LIMIT, "ConfigMap", "{containers: [{name: a}]}"), [""; 0]);
}

#[test]
fn each_rule_sees_the_containers_that_it_asks_for() {
    let lists = |container: &str| {
        format!(
            "{{initContainers: [{container}], containers: [{container}], ephemeralContainers: [{container}]}}"
        )
    };
    let in_lists = |rule: &Rule, container: &str| {
        let paths = paths(rule, "Pod", &lists(container));
        paths.iter().map(|path| path.split(['.', '[']).nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let privileged = "{name: a, securityContext: {privileged: true}}";
    assert_eq!(
        in_lists(&PRIVILEGED_CONTAINER, privileged),
        ["initContainers", "containers", "ephemeralContainers"]
    );
    assert_eq!(in_lists(&MISSING_MEMORY_LIMIT, "{name: a}"), ["initContainers", "containers"]);
    let probing = "{name: a, livenessProbe: {tcpSocket: {port: http}}}";
    assert_eq!(in_lists(&PROBE_OF_UNKNOWN_PORT, probing), ["containers"]);
    let sidecar = "{name: a, restartPolicy: Always, livenessProbe: {tcpSocket: {port: http}}}";
    assert_eq!(in_lists(&PROBE_OF_UNKNOWN_PORT, sidecar), ["initContainers", "containers"]);
}

#[test]
fn a_finding_names_rule_object_and_place() {
    let node = read::objects(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {containers: [{name: c}]}",
    );
    let mut document = Document::rendered("pod.yaml", Content::Object(node.unwrap().remove(0)));
    let origin = Origin::Default("a test");
    document.mark(&FieldPath::parse("spec.containers[0]"), origin.clone());
    let bundle = Bundle { documents: vec![document], ..Bundle::default() };
    let found = lint(&bundle, &Options::only(&MISSING_MEMORY_LIMIT)).diagnostics.remove(0);
    assert_eq!((found.rule, found.severity), ("missing-memory-limit", Severity::Warning));
    assert_eq!(
        (found.category, found.message.as_str()),
        (Category::Practice, "container `c` has no memory limit")
    );
    assert_eq!(found.help, "set `resources.limits.memory`");
    assert_eq!(found.file.to_str(), Some("pod.yaml"));
    assert_eq!(found.place, Some(Place::Rust(origin)));
    let object = found.object.unwrap();
    assert_eq!((object.api_version.as_str(), object.namespace.as_deref()), ("v1", Some("b")));
    assert_eq!(object.to_string(), "Pod/a");
}

#[test]
fn a_finding_in_a_text_shows_its_line() {
    let text = "kind: Pod\nspec:\n  containers:\n  - name: c # it is small\n";
    let mut node = read::objects(text).unwrap().remove(0);
    let container = FieldPath::parse("spec.containers[0]");
    node.at_path_mut(&container).unwrap().place = PlaceId(text.find("name: c").unwrap().try_into().unwrap());
    let places = Places::Read { text: Arc::new(text.into()) };
    let document = Document { file: "pod.yaml".into(), content: Content::Object(node), places };
    let bundle = Bundle { documents: vec![document], ..Bundle::default() };
    let found = lint(&bundle, &Options::only(&MISSING_MEMORY_LIMIT)).diagnostics.remove(0);
    assert_eq!(found.place, Some(Place::Yaml { line: 4, column: 5 }));
    let excerpt = found.excerpt.unwrap();
    assert_eq!((excerpt.line.as_str(), excerpt.start, excerpt.length), ("  - name: c # it is small", 4, 4));
}

#[test]
fn where_nobody_says_what_lives_elsewhere_references_are_only_warned_of() {
    let mut bundle = testing::bundle("kind: Pod\nmetadata: {name: a}\nspec: {serviceAccountName: b}\n");
    let severity = |bundle: &Bundle| lint(bundle, &Options::only(&DANGLING_SERVICE_ACCOUNT)).worst();
    assert_eq!(severity(&bundle), Some(Severity::Error));
    bundle.environment = None;
    assert_eq!(severity(&bundle), Some(Severity::Warning));
}

#[test]
fn objects_and_their_names_may_be_missing() {
    for yaml in [
        "{}",
        "[]",
        "text",
        "kind: Pod",
        "kind: Deployment\nspec: 1",
        "kind: Pod\nspec: {containers: [1, [], {}]}",
    ] {
        let bundle = testing::bundle(yaml);
        assert_eq!(lint(&bundle, &Options::default()).objects, 1, "{yaml}");
    }
}

#[test]
fn no_option_lets_an_error_through_the_gate() {
    let yaml =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {serviceAccountName: b, containers: []}\n";
    let options = [
        Options::default(),
        Options { select: Some(Vec::new()), ..Options::default() },
        Options { ignore: vec!["dangling-service-account".to_owned()], ..Options::default() },
    ];
    for options in options {
        assert!(check(testing::bundle(yaml), &options).is_err(), "{options:?}");
    }
    assert!(
        check(testing::bundle("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"), &Options::default())
            .is_ok()
    );
}

#[test]
fn what_went_wrong_before_there_were_documents_is_reported() {
    let refused = Diagnostic::new("wrong-value", Severity::Error, Category::Form, "the port `0` is none");
    let bundle = Bundle { diagnostics: vec![refused], ..Bundle::default() };
    let report = check(bundle, &Options::default()).unwrap_err().report;
    assert_eq!(report.diagnostics[0].rule, "wrong-value");
}
