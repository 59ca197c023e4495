use crate::lint::grammar::values::{FIELDS, NEVER_EMPTY};

use crate::lint::findings::Findings;
use crate::lint::grammar::Scene;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags values that a field with a fixed set of values does not know.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: such fields are texts to the schema, so that a misspelt value passes it.
    ///
    /// ## Fields
    /// `type`, `policy`, `protocol`, `operator` and the like, of Pods and of every kind of Kubernetes' own that has
    /// such fields.
    ///
    /// ## Allowed values
    /// Those that the message names, written exactly so.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: always
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Always
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    UNSUPPORTED_VALUE = {
        id: "unsupported-value",
        category: Admission,
        severity: Error,
        covers: ["SCH-01", "AVL-05", "SRV-01"],
        look: Object(&[], unsupported_value),
    }
}

fn unsupported_value(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    for (fields, may_be_empty) in [(&FIELDS, true), (&NEVER_EMPTY, false)] {
        fields.each(&scene, |values, node, spot| {
            let Some(text) = node.as_text().filter(|text| !(may_be_empty && text.is_empty())) else { return };
            if !values.contains(&text) {
                let known: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
                findings
                    .report(spot.path(), format!("`{text}` is no value that this field knows"))
                    .help(format!("use one of {}", known.join(", ")));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::UNSUPPORTED_VALUE;
    use crate::lint::testing::finds;

    #[test]
    fn fields_are_found_at_every_depth() {
        let cases = [
            ("{kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {dnsPolicy: None}}}}}}", false),
            ("{kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {dnsPolicy: none}}}}}}", true),
            ("{kind: Pod, spec: {initContainers: [{imagePullPolicy: Sometimes}]}}", true),
            ("{kind: Service, spec: {type: Loadbalancer}}", true),
            ("{apiVersion: serving.knative.dev/v1, kind: Service, spec: {type: Loadbalancer}}", false),
            ("{kind: Service, spec: {ports: [{protocol: tcp}]}}", true),
            ("{kind: NetworkPolicy, spec: {policyTypes: [Ingress, egress]}}", true),
            ("{kind: Service, spec: {type: ''}}", false),
            ("{kind: PersistentVolumeClaim, spec: {accessModes: [ReadWriteOncePod]}}", false),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&UNSUPPORTED_VALUE, yaml), expected, "{yaml}");
        }
    }
}
