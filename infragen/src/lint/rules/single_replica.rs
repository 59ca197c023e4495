use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Deployments and StatefulSets that run a single Pod.
    ///
    /// ## Why is this bad?
    /// Each drain of a node and each crash is an outage. Where that is borne, as in a test environment, it costs less:
    /// therefore the rule is optional.
    ///
    /// ## Fields
    /// `spec.replicas`, or the `minReplicas` of the autoscaler.
    ///
    /// ## Allowed values
    /// 2 and more.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 1, template: {}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2, template: {}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {}}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
    /// ```
    SINGLE_REPLICA = {
        id: "single-replica",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-01", "HPA-02"],
        look: Bundle(single_replica),
    }
}

fn single_replica(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        let is_served = matches!(workload.kind, "Deployment" | "StatefulSet");
        if is_served && graph.replicas(workload).is_some_and(|replicas| replicas.least == 1) {
            findings
                .report_on(workload, workload.path(&["spec", "replicas"]), "there may be a single Pod")
                .help("run at least two");
        }
    }
}
