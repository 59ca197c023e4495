use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Name, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags labels whose key or value is malformed, and selectors that ask for such labels.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object. Labels are kept in an index, and take few characters.
    ///
    /// ## Fields
    /// `metadata.labels` of objects and Pod templates, `nodeSelector`, and `matchLabels`, `matchExpressions` and
    /// `selector` maps.
    ///
    /// ## Allowed values
    /// Keys: up to 63 letters, digits, `-`, `_` and `.`, after an optional DNS name and `/`. Values: empty, or up to 63
    /// of the same.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   labels: {app.kubernetes.io/version: '1.2.0 (stable)'}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   labels: {app.kubernetes.io/version: 1.2.0-stable}
    /// ```
    MALFORMED_LABEL = {
        id: "malformed-label",
        category: Admission,
        severity: Error,
        covers: ["NAM-02", "SRV-10"],
        look: Object(&[], malformed_label),
    }
}

/// Maps of labels.
static MAPS: Fields<()> = Fields::new(&[
    (Where::Metadata("labels"), ()),
    (Where::Pod("nodeSelector"), ()),
    (Where::Selector("matchLabels"), ()),
    (Where::Of(&["Service", "ReplicationController"], "spec.selector"), ()),
    (Where::Of(&["RuntimeClass"], "scheduling.nodeSelector"), ()),
]);

fn malformed_label(object: &Object<'_>, findings: &mut Findings<'_>) {
    let mut check = |path: &dyn Fn() -> FieldPath, labels: &Node| {
        for label in labels.fields() {
            let (grammar, text, what) = match label.node.as_str() {
                _ if !Name::Qualified.takes(&label.name) => (Name::Qualified, label.name.as_str(), "key"),
                Some(text) if !Name::Value.takes(text) => (Name::Value, text, "value"),
                _ => continue,
            };
            findings
                .report(path().field(&label.name), format!("`{text}` is no {what} of a label"))
                .help(format!("it must be {}", grammar.asks()));
        }
    };
    // Labels are the same for every kind, selectors only where the kind is known.
    if let Some(scene) = Scene::of(object) {
        MAPS.each(&scene, |(), labels, spot| check(&|| spot.path(), labels));
    } else if let Some(labels) = object.at(&["metadata", "labels"]) {
        check(&|| object.path(&["metadata", "labels"]), labels);
    }
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_LABEL;
    use crate::lint::testing::finds;

    #[test]
    fn labels_are_looked_at_wherever_they_stand() {
        let cases = [
            ("{kind: Service, spec: {selector: {app: 'a b'}}}", true),
            ("{kind: Deployment, spec: {selector: {matchLabels: {'/app': a}}}}", true),
            ("{kind: Deployment, spec: {template: {metadata: {labels: {app: -a}}}}}", true),
            ("{kind: Deployment, spec: {template: {spec: {nodeSelector: {'a b': c}}}}}", true),
            (
                "{kind: NetworkPolicy, spec: {ingress: [{from: [{podSelector: {matchLabels: {app: a_}}}]}]}}",
                true,
            ),
            ("{apiVersion: x.dev/v1, kind: Thing, metadata: {labels: {app: 'a b'}}}", true),
            ("{apiVersion: x.dev/v1, kind: Service, spec: {selector: {app: 'a b'}}}", false),
            (
                "{kind: Service, metadata: {labels: {app: '', 'x.y/Z': A_b.c}}, spec: {selector: {app: a}}}",
                false,
            ),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&MALFORMED_LABEL, yaml), expected, "{yaml}");
        }
    }
}
