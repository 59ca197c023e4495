use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use std::collections::HashMap;

declare_rule! {
    /// Flags workloads that two autoscalers scale.
    ///
    /// ## Why is this bad?
    /// Since Kubernetes 1.26 neither does: each says `AmbiguousSelector` in its status. Before, they undid each other's
    /// work.
    ///
    /// ## Fields
    /// `spec.scaleTargetRef` of HorizontalPodAutoscalers and of KEDA's ScaledObjects.
    ///
    /// ## Allowed values
    /// Each target once; several metrics belong into one autoscaler.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web-cpu}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web-memory}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: api}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
    ///   maxReplicas: 4
    /// ```
    TWO_AUTOSCALERS_ON_ONE_TARGET = {
        id: "two-autoscalers-on-one-target",
        category: Reference,
        severity: Error,
        covers: ["HPA-06", "OBJ-19"],
        look: Bundle(two_autoscalers_on_one_target),
    }
}

fn two_autoscalers_on_one_target(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let mut first: HashMap<(&str, &str, Option<&str>), &Object<'_>> = HashMap::new();
    for autoscaler in ["HorizontalPodAutoscaler", "ScaledObject"].iter().flat_map(|kind| graph.of_kind(kind))
    {
        let target = |name| autoscaler.node.text_at(&["spec", "scaleTargetRef", name]);
        let Some(name) = target("name") else { continue };
        let kind = target("kind").unwrap_or("Deployment");
        let earlier = first.entry((kind, name, autoscaler.namespace)).or_insert(autoscaler);
        if !earlier.is_same(autoscaler) && graph.applied_together(earlier, autoscaler) {
            let message = format!("`{}/{}` scales `{kind}/{name}` too", earlier.kind, earlier.name);
            findings
                .report_on(autoscaler, autoscaler.path(&["spec", "scaleTargetRef", "name"]), message)
                .help("give one autoscaler all metrics, and remove the other");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TWO_AUTOSCALERS_ON_ONE_TARGET;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn only_the_same_target_is_a_conflict() {
        let autoscaler = |kind: &str, name: &str, namespace: &str, target: &str| {
            format!(
                "kind: {kind}\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
                 spec: {{scaleTargetRef: {{{target}}}}}\n---\n"
            )
        };
        let first = autoscaler("HorizontalPodAutoscaler", "a", "x", "kind: Deployment, name: web");
        let cases = [
            (autoscaler("HorizontalPodAutoscaler", "b", "x", "kind: Deployment, name: web"), true),
            (autoscaler("ScaledObject", "a", "x", "name: web"), true),
            (autoscaler("HorizontalPodAutoscaler", "a", "x", "kind: Deployment, name: web"), false),
            (autoscaler("HorizontalPodAutoscaler", "b", "z", "kind: Deployment, name: web"), false),
            (autoscaler("HorizontalPodAutoscaler", "b", "x", "kind: StatefulSet, name: web"), false),
            (autoscaler("HorizontalPodAutoscaler", "b", "x", ""), false),
        ];
        for (second, expected) in cases {
            let yaml = format!("{first}{second}");
            assert_eq!(finds(&TWO_AUTOSCALERS_ON_ONE_TARGET, &yaml), expected, "{second}");
            assert_eq!(
                !messages_of_foreign(&TWO_AUTOSCALERS_ON_ONE_TARGET, &yaml).is_empty(),
                expected,
                "{second}"
            );
        }
    }
}
