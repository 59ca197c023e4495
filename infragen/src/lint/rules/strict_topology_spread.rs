use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags spread constraints that leave Pods waiting rather than spread them unevenly.
    ///
    /// ## Why is this bad?
    /// With a zone or a node gone, the Pods that were there stay pending though others have room.
    ///
    /// ## Fields
    /// `topologySpreadConstraints[].whenUnsatisfiable`.
    ///
    /// ## Allowed values
    /// `ScheduleAnyway`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}]
    /// ```
    STRICT_TOPOLOGY_SPREAD = {
        id: "strict-topology-spread",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-15"],
        look: Workload(&[], strict_topology_spread),
    }
}

fn strict_topology_spread(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let constraints = workload.pod(&["topologySpreadConstraints"]).map_or(&[][..], Node::items);
    for (index, constraint) in constraints.iter().enumerate() {
        if constraint.text_at(&["whenUnsatisfiable"]) == Some("DoNotSchedule") {
            let path = workload.pod_path(&["topologySpreadConstraints"]).index(index);
            findings
                .report(path.field("whenUnsatisfiable"), "the Pods may stay pending though nodes have room")
                .help("use `ScheduleAnyway`");
        }
    }
}
