//! Slips in the references between objects: each misspelt or taken away in turn, and which of them the linter sees.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]
#![expect(clippy::print_stdout, reason = "what is not seen is told, to be read with `--nocapture`")]

use std::path::{Path, PathBuf};

use infragen::bundle::{Bundle, Content};
use infragen::lint::{self, Options};
use infragen::node::{FieldPath, Node, Step, Value};

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

/// What a slip may do without harm: kind of slip, kind of object, a part of the path, and why nothing is said.
const HARMLESS: &[(Slip, &str, &str, &str)] = &[
    (
        Slip::Deleted,
        "NetworkPolicy",
        "].podSelector.matchLabels",
        "a wider peer: all that is needed is let through still",
    ),
    (
        Slip::Deleted,
        "NetworkPolicy",
        ".namespaceSelector.matchLabels",
        "a wider peer: all that is needed is let through still",
    ),
    (
        Slip::Deleted,
        "ExternalSecret",
        "spec.target.name",
        "without it the Secret has the name of this object: the same",
    ),
    (Slip::Deleted, "Service", ".targetPort", "without it the port is the Service's own: the same number"),
    (Slip::Severed, "Service", "", "who calls it is outside of the environment"),
];

/// The documents in a folder of manifests.
pub(crate) fn committed(folder: &Path) -> Bundle {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &PathBuf| infragen::read::file(path, &std::fs::read(path).unwrap()).unwrap().documents;
    Bundle { documents: files.iter().flat_map(read).collect(), ..Bundle::default() }
}

/// Tells what is seen of each slip, and holds it to a floor in percent of those that do harm.
pub(crate) fn assert_floors(name: &str, bundle: &Bundle, floors: [usize; 3]) {
    let before = findings(bundle);
    for (slip, floor) in [Slip::Misspelt, Slip::Deleted, Slip::Severed].into_iter().zip(floors) {
        let slips = slips(slip, bundle);
        let all = slips.len();
        assert!(all >= 5, "{name} has {all} references");
        let unseen = slips.into_iter().filter(|(_, slipped)| findings(slipped) <= before);
        let (harmless, unseen): (Vec<_>, Vec<_>) = unseen
            .map(|(place, _)| (harmless(slip, &place), place))
            .partition(|(reason, _)| reason.is_some());
        let harmful = all - harmless.len();
        let seen = harmful - unseen.len();
        let percent = 100 * seen / harmful;
        println!(
            "{name}: {slip:?}: of {all}, {} do no harm; of the other {harmful}, {seen} are seen ({percent} %)",
            harmless.len()
        );
        for (reason, place) in &harmless {
            println!("  no harm: {place}: {}", reason.unwrap_or_default());
        }
        for (_, place) in &unseen {
            println!("  not seen: {place}");
        }
        assert!(percent >= floor, "{name}: {slip:?}: only {percent} % are seen");
    }
}

/// Why a slip does no harm, where it does none.
fn harmless(slip: Slip, place: &str) -> Option<&'static str> {
    let kind = place.split('/').next().unwrap_or_default();
    let mut known = HARMLESS.iter();
    let found = known.find(|(of, object, part, _)| *of == slip && *object == kind && place.contains(part));
    found.map(|(.., reason)| *reason)
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
            Value::String(text) => *text = format!("{text}x").into(),
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
        (Value::Mapping(fields), Step::Field(name)) => {
            fields.edit(|fields| fields.retain(|field| field.name != *name))
        }
        (Value::Sequence(items), Step::Index(index)) => _ = items.edit(|items| items.remove(*index)),
        _ => panic!("{path} is not there"),
    }
}
