//! Each reference between objects, misspelt or taken away in turn: how many of these slips the linter sees.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]
#![expect(clippy::print_stdout, reason = "what is not seen is told, to be read with `--nocapture`")]

#[path = "systems/everything.rs"]
mod everything;

use std::path::{Path, PathBuf};

use infragen::bundle::{Bundle, Content};
use infragen::lint::{self, Options};
use infragen::node::{FieldPath, Node, Step, Value};
use infragen::settings::Settings;

/// Fields that name something else, by kind; `[]` is each item and `*` each field. `pod:` is the way to a Pod's spec.
const REFERENCES: &[(&str, &[&str])] = &[
    ("", &["metadata.namespace"]),
    ("Deployment StatefulSet", &["spec.selector.matchLabels.*"]),
    ("StatefulSet", &["spec.serviceName", "spec.volumeClaimTemplates.[].spec.storageClassName"]),
    (
        "Deployment StatefulSet Job CronJob",
        &[
            "pod:serviceAccountName",
            "pod:priorityClassName",
            "pod:imagePullSecrets.[].name",
            "pod:volumes.[].configMap.name",
            "pod:volumes.[].configMap.items.[].key",
            "pod:volumes.[].secret.secretName",
            "pod:volumes.[].secret.items.[].key",
            "pod:volumes.[].persistentVolumeClaim.claimName",
            "pod:topologySpreadConstraints.[].labelSelector.matchLabels.*",
            "pod:containers.[].env.[].valueFrom.configMapKeyRef.name",
            "pod:containers.[].env.[].valueFrom.configMapKeyRef.key",
            "pod:containers.[].env.[].valueFrom.secretKeyRef.name",
            "pod:containers.[].env.[].valueFrom.secretKeyRef.key",
            "pod:containers.[].envFrom.[].configMapRef.name",
            "pod:containers.[].envFrom.[].secretRef.name",
            "pod:containers.[].volumeMounts.[].name",
            "pod:containers.[].livenessProbe.httpGet.port",
            "pod:containers.[].livenessProbe.tcpSocket.port",
            "pod:containers.[].readinessProbe.httpGet.port",
            "pod:containers.[].readinessProbe.tcpSocket.port",
            "pod:containers.[].startupProbe.httpGet.port",
            "pod:containers.[].startupProbe.grpc.port",
        ],
    ),
    ("Service", &["spec.selector.*", "spec.ports.[].targetPort"]),
    (
        "Ingress",
        &[
            "spec.rules.[].http.paths.[].backend.service.name",
            "spec.rules.[].http.paths.[].backend.service.port.name",
            "spec.rules.[].http.paths.[].backend.service.port.number",
        ],
    ),
    (
        "HorizontalPodAutoscaler",
        &[
            "spec.scaleTargetRef.kind",
            "spec.scaleTargetRef.name",
            "spec.metrics.[].containerResource.container",
        ],
    ),
    ("PodDisruptionBudget", &["spec.selector.matchLabels.*"]),
    (
        "NetworkPolicy",
        &[
            "spec.podSelector.matchLabels.*",
            "spec.ingress.[].from.[].podSelector.matchLabels.*",
            "spec.ingress.[].from.[].namespaceSelector.matchLabels.*",
            "spec.ingress.[].ports.[].port",
            "spec.egress.[].to.[].podSelector.matchLabels.*",
            "spec.egress.[].to.[].namespaceSelector.matchLabels.*",
            "spec.egress.[].ports.[].port",
        ],
    ),
    (
        "RoleBinding ClusterRoleBinding",
        &["roleRef.kind", "roleRef.name", "subjects.[].name", "subjects.[].namespace"],
    ),
    ("Role ClusterRole", &["rules.[].resourceNames.[]"]),
    ("PersistentVolumeClaim", &["spec.volumeName", "spec.storageClassName"]),
    ("PersistentVolume", &["spec.claimRef.name", "spec.claimRef.namespace", "spec.storageClassName"]),
    ("ExternalSecret", &["spec.target.name", "spec.data.[].secretKey"]),
];

/// Kinds of objects that others name.
const NAMED: &str = "Namespace PriorityClass ServiceAccount Role ClusterRole ConfigMap ExternalSecret \
    PersistentVolume PersistentVolumeClaim Service StatefulSet Deployment";

/// What is done to a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// It names something else.
    Misspelt,
    /// It is taken away. Mostly what remains is a manifest in its own right, or lacks a field that its schema requires.
    Deleted,
    /// The object that it names is taken away.
    Severed,
}

#[test]
fn slips_in_everything_are_seen() {
    let bundle = infragen::render::render(&everything::everything(), &Settings::default());
    assert_floors("everything", &bundle, [90, 1, 85]);
}

#[test]
fn slips_in_prod_are_seen() {
    let bundle = Bundle { environment: Some("prod".to_owned()), ..committed() };
    assert_floors("prod", &bundle, [80, 1, 70]);
}

#[test]
fn slips_in_files_are_seen_too() {
    assert_floors("prod, of which nobody says that it is all", &committed(), [70, 1, 60]);
}

/// The committed files of prod.
fn committed() -> Bundle {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/prod/kubernetes");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &PathBuf| infragen::read::file(path, &std::fs::read(path).unwrap()).unwrap().documents;
    Bundle { documents: files.iter().flat_map(read).collect(), ..Bundle::default() }
}

/// Tells what is seen of each slip, and holds it to a floor in percent.
fn assert_floors(name: &str, bundle: &Bundle, floors: [usize; 3]) {
    let before = findings(bundle);
    for (slip, floor) in [Slip::Misspelt, Slip::Deleted, Slip::Severed].into_iter().zip(floors) {
        let slips = slips(slip, bundle);
        let all = slips.len();
        assert!(all >= 5, "{name} has {all} references");
        let unseen = slips.into_iter().filter(|(_, slipped)| findings(slipped) <= before);
        let unseen: Vec<_> = unseen.map(|(place, _)| format!("  {place}\n")).collect();
        let seen = all - unseen.len();
        let percent = 100 * seen / all;
        println!("{name}: {slip:?}: {seen} of {all} are seen ({percent} %); not seen:\n{}", unseen.concat());
        assert!(percent >= floor, "{name}: {slip:?}: only {percent} % are seen");
    }
}

/// Each way in which the bundle may slip: where, and what comes of it.
fn slips(slip: Slip, bundle: &Bundle) -> Vec<(String, Bundle)> {
    let roots = || {
        bundle.documents.iter().enumerate().filter_map(|(index, document)| match &document.content {
            Content::Object(root) => Some((index, root)),
            Content::Buildspec(_) | Content::Text(_) => None,
        })
    };
    if slip == Slip::Severed {
        let named = roots().filter(|(_, root)| NAMED.split(' ').any(|kind| kind == text(root, &["kind"])));
        let severed = named.map(|(index, root)| {
            let mut slipped = bundle.clone();
            slipped.documents.remove(index);
            (title(root), slipped)
        });
        return severed.collect();
    }
    let references =
        roots().flat_map(|(index, root)| references(root).into_iter().map(move |path| (index, root, path)));
    let slipped = references.map(|(index, root, path)| {
        let mut slipped = bundle.clone();
        if let Content::Object(root) = &mut slipped.documents[index].content {
            apply(slip, root, &path);
        }
        (format!("{} {path}", title(root)), slipped)
    });
    slipped.collect()
}

fn title(root: &Node) -> String {
    format!("{}/{}", text(root, &["kind"]), text(root, &["metadata", "name"]))
}

fn findings(bundle: &Bundle) -> usize {
    lint::lint(bundle, &Options::default()).open().count()
}

fn text<'a>(node: &'a Node, path: &[&str]) -> &'a str {
    node.text_at(path).unwrap_or_default()
}

/// Each reference of an object.
fn references(root: &Node) -> Vec<FieldPath> {
    let mut found = Vec::new();
    let kind = text(root, &["kind"]);
    let pod = if kind == "CronJob" { "spec.jobTemplate.spec.template.spec." } else { "spec.template.spec." };
    let tables = REFERENCES
        .iter()
        .filter(|(kinds, _)| kinds.is_empty() || kinds.split(' ').any(|named| named == kind));
    for pattern in tables.flat_map(|(_, patterns)| *patterns) {
        let pattern = pattern.replace("pod:", pod);
        walk(root, &pattern.split('.').collect::<Vec<_>>(), &FieldPath::root(), &mut found);
    }
    found
}

fn walk(node: &Node, steps: &[&str], path: &FieldPath, found: &mut Vec<FieldPath>) {
    match steps.split_first() {
        None => found.push(path.clone()),
        Some((&"[]", rest)) => {
            for (index, item) in node.items().iter().enumerate() {
                walk(item, rest, &path.index(index), found);
            }
        }
        Some((step, rest)) => {
            for field in node.fields().iter().filter(|field| *step == "*" || field.name == *step) {
                walk(&field.node, rest, &path.field(&field.name), found);
            }
        }
    }
}

fn apply(slip: Slip, root: &mut Node, path: &FieldPath) {
    if slip == Slip::Misspelt {
        let node = root.at_path_mut(path).unwrap();
        match &mut node.value {
            Value::String(text) => text.push('x'),
            Value::Integer(number) => *number += 1,
            other => panic!("{path} holds {other:?}"),
        }
        return;
    }
    let (last, rest) = path.steps().split_last().unwrap();
    let parent = rest.iter().fold(FieldPath::root(), |path, step| match step {
        Step::Field(name) => path.field(name),
        Step::Index(index) => path.index(*index),
    });
    match (&mut root.at_path_mut(&parent).unwrap().value, last) {
        (Value::Mapping(fields), Step::Field(name)) => fields.retain(|field| field.name != *name),
        (Value::Sequence(items), Step::Index(index)) => _ = items.remove(*index),
        _ => panic!("{path} is not there"),
    }
}
