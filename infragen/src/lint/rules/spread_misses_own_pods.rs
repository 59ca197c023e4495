use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags topology spread constraints whose selector does not take the workload's own Pods.
    ///
    /// ## Why is this bad?
    /// The scheduler counts other Pods, or none, so that nothing is spread: all Pods may land on one node or in one
    /// zone.
    ///
    /// ## Fields
    /// `topologySpreadConstraints[].labelSelector` of Pods and Pod templates.
    ///
    /// ## Allowed values
    /// A selector that takes the labels of the Pod template.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web-server}}
    ///     spec:
    ///       topologySpreadConstraints:
    ///       - maxSkew: 1
    ///         topologyKey: topology.kubernetes.io/zone
    ///         whenUnsatisfiable: ScheduleAnyway
    ///         labelSelector: {matchLabels: {app: express-test}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web-server}}
    ///     spec:
    ///       topologySpreadConstraints:
    ///       - maxSkew: 1
    ///         topologyKey: topology.kubernetes.io/zone
    ///         whenUnsatisfiable: ScheduleAnyway
    ///         labelSelector: {matchLabels: {app: web-server}}
    /// ```
    SPREAD_MISSES_OWN_PODS = {
        id: "spread-misses-own-pods",
        category: Reference,
        severity: Warning,
        covers: ["AVL-05", "OBJ-30"],
        look: Workload(&[], spread_misses_own_pods),
    }
}

fn spread_misses_own_pods(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let constraints = workload.pod(&["topologySpreadConstraints"]).map_or(&[][..], Node::items);
    for (index, constraint) in constraints.iter().enumerate() {
        let selector = constraint.get("labelSelector").map(Selector::new);
        if selector.is_some_and(|selector| selector.takes(workload.pod_labels())) {
            continue;
        }
        let path = workload.pod_path(&["topologySpreadConstraints"]).index(index).field("labelSelector");
        findings
            .report(
                path,
                "the constraint counts other Pods than the workload's own, and spreads none of these",
            )
            .help("select by labels that the Pod template has");
    }
}
