use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags workloads of several Pods that nothing keeps from standing on one node.
    ///
    /// ## Why is this bad?
    /// One node less is then an outage. The scheduler spreads Pods by itself where it can, which is enough for many:
    /// therefore the rule is optional.
    ///
    /// ## Fields
    /// `topologySpreadConstraints` and `affinity.podAntiAffinity` of Deployments and StatefulSets with `spec.replicas`
    /// of 2 and more.
    ///
    /// ## Allowed values
    /// One of the two.
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
    /// spec:
    ///   replicas: 2
    ///   template: {spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}]}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 1, template: {spec: {containers: []}}}
    /// ```
    REPLICAS_MAY_SHARE_NODE = {
        id: "replicas-may-share-node",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-03", "AVL-04"],
        look: Workload(&["Deployment", "StatefulSet"], replicas_may_share_node),
    }
}

fn replicas_may_share_node(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let has_many = workload.at(&["spec", "replicas"]).and_then(Node::as_i64).is_some_and(|count| count > 1);
    let is_spread = workload.pod(&["topologySpreadConstraints"]).is_some()
        || workload.pod(&["affinity", "podAntiAffinity"]).is_some();
    if has_many && !is_spread {
        findings
            .report(workload.pod_path(&["topologySpreadConstraints"]), "all Pods may stand on one node")
            .help("set `topologySpreadConstraints` over `kubernetes.io/hostname`");
    }
}
