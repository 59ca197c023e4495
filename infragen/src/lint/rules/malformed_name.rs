use crate::lint::findings::Findings;
use crate::lint::grammar::names::{FIELDS, NEVER_EMPTY};
use crate::lint::grammar::{Name, Scene};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags names within an object that their field does not take.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// Names of containers, volumes, ports and variables; of Services, accounts, classes and hosts that an object
    /// refers to; keys of ConfigMaps and Secrets.
    ///
    /// ## Allowed values
    /// What the help says: for containers and volumes a DNS label, for ports up to 15 characters with a letter, for
    /// hosts a DNS name in lower case.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: Web_App, image: 'example/web:1.2.0'}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web-app, image: 'example/web:1.2.0'}]}
    /// ```
    MALFORMED_NAME = {
        id: "malformed-name",
        category: Admission,
        severity: Error,
        covers: ["NET-06", "SRV-07", "SRV-17"],
        look: Object(&[], malformed_name),
    }
}

fn malformed_name(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return of_any_kind(object, findings) };
    for (fields, may_be_empty) in [(&FIELDS, true), (&NEVER_EMPTY, false)] {
        fields.each(&scene, |grammar, node, spot| {
            let Some(text) = node.as_text().filter(|text| !(may_be_empty && text.is_empty())) else { return };
            if !grammar.takes(text) {
                findings
                    .report(spot.path(), format!("`{text}` is no name that this field takes"))
                    .help(format!("it must be {}", grammar.asks()));
            }
        });
    }
}

/// What the API server asks of every object, whoever has defined its kind.
fn of_any_kind(object: &Object<'_>, findings: &mut Findings<'_>) {
    let place = ["metadata", "finalizers"];
    for (index, item) in object.at(&place).map_or(&[][..], Node::items).iter().enumerate() {
        if let Some(text) = item.as_text().filter(|text| !Name::Qualified.takes(text)) {
            findings
                .report(
                    object.path(&place).index(index),
                    format!("`{text}` is no name that this field takes"),
                )
                .help(format!("it must be {}", Name::Qualified.asks()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_NAME;
    use crate::lint::testing::finds;

    #[test]
    fn names_follow_the_grammar_of_their_field() {
        let cases = [
            ("{kind: Pod, spec: {volumes: [{name: a.b}]}}", true),
            ("{kind: Pod, spec: {containers: [{ports: [{name: http-metrics-web}]}]}}", true),
            ("{kind: Pod, spec: {containers: [{env: [{name: 'A=B'}, {name: a.b-c}]}]}}", true),
            ("{kind: Pod, spec: {containers: [{env: [{name: a.b-c}]}]}}", false),
            ("{kind: Pod, spec: {containers: [{livenessProbe: {httpGet: {port: '8080'}}}]}}", true),
            ("{kind: Pod, spec: {serviceAccountName: Web}}", true),
            ("{kind: Ingress, spec: {rules: [{host: 'https://a.b'}]}}", true),
            ("{apiVersion: example.com/v1, kind: Till, metadata: {finalizers: [example.com/a]}}", false),
            ("{apiVersion: example.com/v1, kind: Till, metadata: {finalizers: ['']}}", true),
            ("{kind: Ingress, spec: {rules: [{host: '*.a.b'}], tls: [{hosts: [a.b]}]}}", false),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&MALFORMED_NAME, yaml), expected, "{yaml}");
        }
    }
}
