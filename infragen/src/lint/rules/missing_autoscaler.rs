use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Deployments that no autoscaler scales.
    ///
    /// ## Why is this bad?
    /// The number of Pods is a guess for every hour of the week: too many at night, too few when it counts.
    ///
    /// ## Fields
    /// Deployments; `spec.scaleTargetRef` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// An autoscaler whose target it is.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2, template: {spec: {containers: []}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: []}}}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    /// ```
    MISSING_AUTOSCALER = {
        id: "missing-autoscaler",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["HPA-07"],
        look: Bundle(missing_autoscaler),
    }
}

fn missing_autoscaler(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads().iter().filter(|workload| workload.kind == "Deployment") {
        if graph.autoscaler(workload).is_none() {
            findings
                .report_on(
                    workload,
                    workload.path(&["spec", "replicas"]),
                    "no autoscaler scales the Deployment",
                )
                .help("add a HorizontalPodAutoscaler");
        }
    }
}
