use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;

declare_rule! {
    /// Flags workloads of several Pods that no disruption budget covers.
    ///
    /// ## Why is this bad?
    /// Nodes that are drained at once, as in an upgrade, may take all Pods at once.
    ///
    /// ## Fields
    /// Deployments and StatefulSets with two Pods or more; `spec.selector` of PodDisruptionBudgets.
    ///
    /// ## Allowed values
    /// A budget that selects the Pods.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2, template: {metadata: {labels: {app: web}}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2, template: {metadata: {labels: {app: web}}}}
    /// ---
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ```
    MISSING_DISRUPTION_BUDGET = {
        id: "missing-disruption-budget",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["PDB-01", "OBJ-22"],
        look: Bundle(missing_disruption_budget),
    }
}

fn missing_disruption_budget(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        let has_many = graph.replicas(workload).is_some_and(|replicas| replicas.least > 1);
        let is_covered = || {
            graph.of_kind("PodDisruptionBudget").any(|budget| {
                let selector = budget.at(&["spec", "selector"]).map(Selector::new);
                budget.shares_namespace(workload.namespace)
                    && selector.is_some_and(|selector| selector.takes(workload.pod_labels()))
            })
        };
        if matches!(workload.kind, "Deployment" | "StatefulSet") && has_many && !is_covered() {
            findings
                .report_on(workload, workload.path(&["spec"]), "all Pods may be evicted at once")
                .help("add a PodDisruptionBudget with `maxUnavailable: 1`");
        }
    }
}
