use crate::lint::grammar::required::FIELDS;

use crate::lint::findings::Findings;
use crate::lint::grammar::Scene;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags fields that must say something, and are absent or empty.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object. The schema does not ask for such fields, or takes an empty text.
    ///
    /// ## Fields
    /// Images and names of containers, names of volumes, mounts, variables and keys that a Pod refers to, `roleRef`,
    /// `spec.storageClassName` and the like.
    ///
    /// ## Allowed values
    /// Any text that the field takes.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: 'example/web:1.2.0'}]}
    /// ```
    MISSING_REQUIRED_VALUE = {
        id: "missing-required-value",
        category: Admission,
        severity: Error,
        covers: ["AVL-05", "NET-07", "SRV-01", "SRV-19"],
        look: Object(&[], missing_required_value),
    }
}

fn missing_required_value(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |names, node, spot| {
        // An item that is null is an empty one.
        if !matches!(node.value, Value::Mapping(_) | Value::Null) {
            return;
        }
        // What names no kind of source is forgotten.
        if spot.name() == "dataSource" && node.get("kind").is_none_or(is_empty) {
            return;
        }
        for name in names.iter().filter(|name| node.get(name).is_none_or(is_empty)) {
            let path = spot.path().field(name);
            let help = format!("set `{path}`");
            findings.report(path, format!("`{name}` is missing or empty")).help(help);
        }
    });
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::MISSING_REQUIRED_VALUE;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_there_is_left_alone() {
        let cases = [
            ("{kind: Pod, spec: {containers: [{name: a, image: ''}]}}", true),
            ("{kind: Pod, spec: {containers: [{name: a, image: b, env: [{value: c}]}]}}", true),
            ("{kind: Pod, spec: {containers: [{name: a, image: b, env: [{name: c}]}]}}", false),
            ("{kind: Pod, spec: {volumes: [{name: a, persistentVolumeClaim: {}}]}}", true),
            ("{kind: Pod, spec: {}}", true),
            ("{apiVersion: serving.knative.dev/v1, kind: Service, spec: {template: {spec: {}}}}", false),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&MISSING_REQUIRED_VALUE, yaml), expected, "{yaml}");
        }
    }
}
