use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags autoscalers whose target does not exist.
    ///
    /// ## Why is this bad?
    /// Nothing is scaled, and nobody is told: the autoscaler merely says `FailedGetScale` in its status.
    ///
    /// ## Fields
    /// `spec.scaleTargetRef` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// Kind and name of an object in the same namespace, or of an external.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}
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
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    AUTOSCALER_TARGET_MISSING = {
        id: "autoscaler-target-missing",
        category: Reference,
        severity: Error,
        covers: ["HPA-01", "OBJ-17"],
        look: Bundle(autoscaler_target_missing),
    }
}

fn autoscaler_target_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for autoscaler in graph.of_kind("HorizontalPodAutoscaler") {
        let target = |name| autoscaler.node.text_at(&["spec", "scaleTargetRef", name]);
        let (Some(kind), Some(name)) = (target("kind"), target("name")) else { continue };
        if matches!(graph.target(autoscaler, kind, name), Target::Nothing) {
            let path = autoscaler.path(&["spec", "scaleTargetRef", "name"]);
            findings
                .report_on(autoscaler, path, format!("there is no `{kind}/{name}` to scale"))
                .help("name a workload of the same namespace, or remove the autoscaler");
        }
    }
}
