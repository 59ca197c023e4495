use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags fields that differ from what is applied, and can never change.
    ///
    /// ## Why is this bad?
    /// The API server refuses the new object: the pipeline stops halfway, with some of the objects applied.
    ///
    /// ## Fields
    /// Held against what `--applied` names: `spec.selector` of Deployments, ReplicaSets and DaemonSets; all of a
    /// StatefulSet's `spec` but replicas, template and a few more; the selector and template of Jobs; claims, which may only
    /// grow; the source of volumes; `roleRef` of bindings; `clusterIP` of Services; the value of a PriorityClass; what a
    /// StorageClass, an IngressClass and a RuntimeClass are made by; the type of Secrets, and all that is `immutable`.
    ///
    /// ## Allowed values
    /// Those that are applied.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// applied:
    /// - apiVersion: apps/v1
    ///   kind: Deployment
    ///   metadata: {name: web}
    ///   spec: {selector: {matchLabels: {app: web}}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web, tier: front}}}
    /// ```
    /// ```yaml good
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// applied:
    /// - apiVersion: apps/v1
    ///   kind: Deployment
    ///   metadata: {name: web}
    ///   spec: {selector: {matchLabels: {app: web}}, replicas: 2}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web}}, replicas: 3}
    /// ```
    IMMUTABLE_FIELD_CHANGED = {
        id: "immutable-field-changed",
        category: Admission,
        severity: Error,
        covers: ["SRV-11", "OBJ-51"],
        look: Object(KINDS, immutable_field_changed),
    }
}

fn immutable_field_changed(object: &Object<'_>, findings: &mut Findings<'_>) {
    let facts = object.facts;
    let mut applied =
        facts.applied.iter().filter_map(|document| Some(Object::new(document, facts, document.root()?)));
    let Some(before) = applied.find(|before| before.is_same(object)) else { return };
    let before = &before;
    for path in fixed(object.kind).iter().copied().chain(sealed(before).iter().copied()) {
        if !is_alike(before.at(path), object.at(path)) {
            report(object, path, findings);
        }
    }
    match object.kind {
        "StatefulSet" => others_of(before, object, &SET_MAY_CHANGE, findings),
        "PersistentVolumeClaim" => {
            others_of(before, object, &["resources", "volumeAttributesClassName", "volumeName"], findings);
            let size = ["spec", "resources", "requests", "storage"];
            let amount = |claim: &Object<'_>| claim.at(&size).and_then(Quantity::of);
            if amount(object) < amount(before) {
                report(object, &size, findings);
            }
        }
        // The API server chooses an address where none is asked for.
        "Service" => {
            let field = ["spec", "clusterIP"];
            if object.at(&field).is_some() && !is_alike(before.at(&field), object.at(&field)) {
                report(object, &field, findings);
            }
        }
        _ => {}
    }
}

fn report(object: &Object<'_>, path: &[&str], findings: &mut Findings<'_>) {
    let message = format!("`{}` is not what is applied, and can never change", path.join("."));
    findings
        .report_on(object, object.path(path), message)
        .help(format!("leave it as it is, or give the {} another name", object.kind));
}

/// The kinds with such a field.
const KINDS: &[&str] = &[
    "ClusterRoleBinding",
    "ConfigMap",
    "DaemonSet",
    "Deployment",
    "EndpointSlice",
    "IngressClass",
    "Job",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "PriorityClass",
    "ReplicaSet",
    "RoleBinding",
    "RuntimeClass",
    "Secret",
    "Service",
    "StatefulSet",
    "StorageClass",
];

/// What may change in a StatefulSet's `spec`.
const SET_MAY_CHANGE: [&str; 7] = [
    "minReadySeconds",
    "ordinals",
    "persistentVolumeClaimRetentionPolicy",
    "replicas",
    "revisionHistoryLimit",
    "template",
    "updateStrategy",
];

/// The fields of a kind that never change.
fn fixed(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "Deployment" | "ReplicaSet" | "DaemonSet" => &[&["spec", "selector"]],
        "Job" => &[&["spec", "selector"], &["spec", "template"], &["spec", "completionMode"]],
        "RoleBinding" | "ClusterRoleBinding" => &[&["roleRef"]],
        "PriorityClass" => &[&["value"], &["preemptionPolicy"]],
        "StorageClass" => &[&["provisioner"], &["parameters"], &["reclaimPolicy"], &["volumeBindingMode"]],
        "IngressClass" => &[&["spec", "controller"]],
        "RuntimeClass" => &[&["handler"]],
        "PersistentVolume" => {
            &[&["spec", "csi"], &["spec", "nfs"], &["spec", "hostPath"], &["spec", "volumeMode"]]
        }
        "EndpointSlice" => &[&["addressType"]],
        "Secret" => &[&["type"]],
        _ => &[],
    }
}

/// The fields of a ConfigMap or a Secret that says of itself that it never changes.
fn sealed(before: &Object<'_>) -> &'static [&'static [&'static str]] {
    match before.kind {
        "ConfigMap" | "Secret" if before.at(&["immutable"]).and_then(Node::as_bool) == Some(true) => {
            &[&["immutable"], &["data"], &["binaryData"], &["stringData"]]
        }
        _ => &[],
    }
}

/// Reports each field of the `spec` that changed and is not among those that may.
fn others_of(before: &Object<'_>, after: &Object<'_>, may_change: &[&str], findings: &mut Findings<'_>) {
    let fields = [before, after].map(|object| object.at(&["spec"]).map_or(&[][..], Node::fields));
    let mut names: Vec<&str> = fields.iter().copied().flatten().map(|field| &*field.name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names.into_iter().filter(|name| !may_change.contains(name)) {
        let path = ["spec", name];
        if !is_alike(before.at(&path), after.at(&path)) {
            report(after, &path, findings);
        }
    }
}

/// Whether both say the same, in whatever order.
fn is_alike(one: Option<&Node>, other: Option<&Node>) -> bool {
    let (one, other) = match (one, other) {
        (None, None) => return true,
        (Some(one), Some(other)) => (one, other),
        _ => return false,
    };
    match (&one.value, &other.value) {
        (Value::Mapping(fields), Value::Mapping(others)) => {
            fields.len() == others.len()
                && fields.iter().all(|field| is_alike(Some(&field.node), other.get(&field.name)))
        }
        (Value::Sequence(items), Value::Sequence(others)) => {
            items.len() == others.len()
                && items.iter().zip(others).all(|(item, other)| is_alike(Some(item), Some(other)))
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::IMMUTABLE_FIELD_CHANGED;
    use crate::lint::testing::found;

    /// The fields that are reported when the object changes from the one to the other.
    fn changed(kind: &str, before: &str, after: &str) -> Vec<String> {
        let object = |rest: &str| format!("{{kind: {kind}, metadata: {{name: a, namespace: shop}}, {rest}}}");
        let yaml = format!(
            "apiVersion: infragen.dev/v1\nkind: Facts\napplied: [{}]\n---\n{}\n",
            object(before),
            object(after)
        );
        found(&IMMUTABLE_FIELD_CHANGED, &yaml).into_iter().map(|found| found.path.to_string()).collect()
    }

    #[test]
    fn what_may_change_is_let_pass() {
        let cases: [(&str, &str, &str, &[&str]); 17] = [
            ("Deployment", "spec: {selector: {a: b}}", "spec: {selector: {a: c}}", &["spec.selector"]),
            ("Deployment", "spec: {replicas: 1}", "spec: {replicas: 2}", &[]),
            ("Deployment", "spec: {selector: {a: b, c: d}}", "spec: {selector: {c: d, a: b}}", &[]),
            ("StatefulSet", "spec: {serviceName: a}", "spec: {serviceName: b}", &["spec.serviceName"]),
            (
                "StatefulSet",
                "spec: {replicas: 1}",
                "spec: {replicas: 2, updateStrategy: {type: OnDelete}}",
                &[],
            ),
            ("Job", "spec: {template: {a: b}}", "spec: {template: {a: c}}", &["spec.template"]),
            ("Job", "spec: {parallelism: 1}", "spec: {parallelism: 2}", &[]),
            (
                "PersistentVolumeClaim",
                "spec: {accessModes: [a]}",
                "spec: {accessModes: [b]}",
                &["spec.accessModes"],
            ),
            (
                "PersistentVolumeClaim",
                "spec: {resources: {requests: {storage: 2Gi}}}",
                "spec: {resources: {requests: {storage: 1Gi}}}",
                &["spec.resources.requests.storage"],
            ),
            (
                "PersistentVolumeClaim",
                "spec: {resources: {requests: {storage: 1Gi}}}",
                "spec: {resources: {requests: {storage: 2Gi}}}",
                &[],
            ),
            ("Service", "spec: {clusterIP: None}", "spec: {clusterIP: 10.0.0.1}", &["spec.clusterIP"]),
            ("Service", "spec: {clusterIP: None}", "spec: {}", &[]),
            ("RoleBinding", "roleRef: {name: a}", "roleRef: {name: b}", &["roleRef"]),
            ("ConfigMap", "data: {a: b}", "data: {a: c}", &[]),
            ("ConfigMap", "immutable: true, data: {a: b}", "immutable: true, data: {a: c}", &["data"]),
            ("Secret", "type: Opaque", "type: kubernetes.io/tls", &["type"]),
            ("PriorityClass", "value: 1", "value: 2", &["value"]),
        ];
        for (kind, before, after, paths) in cases {
            assert_eq!(changed(kind, before, after), paths, "{kind} {before} {after}");
        }
    }

    #[test]
    fn another_object_is_compared_with_nothing() {
        let yaml = "apiVersion: infragen.dev/v1\nkind: Facts\napplied: [{kind: Secret, metadata: {name: a}, type: b}]\n\
            ---\nkind: Secret\nmetadata: {name: a, namespace: shop}\ntype: c\n";
        assert!(found(&IMMUTABLE_FIELD_CHANGED, yaml).is_empty());
    }
}
