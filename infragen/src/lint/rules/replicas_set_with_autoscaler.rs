use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags workloads that fix their replicas though an autoscaler sets them.
    ///
    /// ## Why is this bad?
    /// Every `kubectl apply` puts the number back, in the middle of the rush hour too, until the autoscaler acts again.
    ///
    /// ## Fields
    /// `spec.replicas` of the targets of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// None.
    ///
    /// ## Examples
    /// ```yaml bad
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
    /// spec: {replicas: 2, template: {}}
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
    /// spec: {template: {}}
    /// ```
    REPLICAS_SET_WITH_AUTOSCALER = {
        id: "replicas-set-with-autoscaler",
        category: Practice,
        severity: Warning,
        covers: ["HPA-05", "OBJ-18"],
        look: Bundle(replicas_set_with_autoscaler),
    }
}

fn replicas_set_with_autoscaler(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads().iter().filter(|workload| workload.at(&["spec", "replicas"]).is_some()) {
        if let Some(autoscaler) = graph.autoscaler(workload) {
            let name = autoscaler.name;
            findings
                .report_on(
                    workload,
                    workload.path(&["spec", "replicas"]),
                    format!("`replicas` is fixed here, and the autoscaler `{name}` sets it too"),
                )
                .help("remove `spec.replicas`; the autoscaler's `minReplicas` is what it starts with");
        }
    }
}
