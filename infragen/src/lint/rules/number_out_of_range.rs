use crate::lint::grammar::numbers::FIELDS;

use crate::lint::findings::Findings;
use crate::lint::grammar::Scene;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags numbers below the least or above the most that their field takes.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: to the schema every number is as good as any other.
    ///
    /// ## Fields
    /// Replicas, ports, times, limits, weights, user and group ids, modes and the like, of Pods and of every kind of
    /// Kubernetes' own that has such fields.
    ///
    /// ## Allowed values
    /// Those that the message names: ports from 1 to 65535, times and counts from 0, user ids from 0 to 2147483647.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: -1}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 0}
    /// ```
    NUMBER_OUT_OF_RANGE = {
        id: "number-out-of-range",
        category: Admission,
        severity: Error,
        covers: ["AVL-05", "NET-06", "SRV-18", "SRV-01"],
        look: Object(&[], number_out_of_range),
    }
}

fn number_out_of_range(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |range, node, spot| {
        let Some(number) = node.as_i64().filter(|number| !range.contains(number)) else { return };
        let help = match (range.start(), *range.end()) {
            (least, i64::MAX) => format!("use a number from {least}"),
            (least, most) => format!("use a number from {least} to {most}"),
        };
        findings.report(spot.path(), format!("`{number}` is out of the range of this field")).help(help);
    });
}

#[cfg(test)]
mod tests {
    use super::NUMBER_OUT_OF_RANGE;
    use crate::lint::testing::finds;

    #[test]
    fn both_ends_are_inside() {
        let cases = [
            ("{kind: Pod, spec: {containers: [{ports: [{containerPort: 65535}]}]}}", false),
            ("{kind: Pod, spec: {containers: [{ports: [{containerPort: 65536}]}]}}", true),
            ("{kind: Pod, spec: {containers: [{ports: [{containerPort: 0}]}]}}", true),
            ("{kind: Pod, spec: {containers: [{livenessProbe: {periodSeconds: -1}}]}}", true),
            ("{kind: Pod, spec: {containers: [{livenessProbe: {httpGet: {port: http}}}]}}", false),
            ("{kind: Pod, spec: {securityContext: {runAsUser: 2147483648}}}", true),
            ("{kind: Job, spec: {backoffLimit: 0, parallelism: 0}}", false),
            ("{kind: HorizontalPodAutoscaler, spec: {maxReplicas: 0}}", true),
            ("{apiVersion: serving.knative.dev/v1, kind: Service, spec: {ports: [{port: 0}]}}", false),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&NUMBER_OUT_OF_RANGE, yaml), expected, "{yaml}");
        }
    }
}
