use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;

declare_rule! {
    /// Flags workloads that may run on any node.
    ///
    /// ## Why is this bad?
    /// In a cluster with nodes of several architectures, prices or owners, a Pod may come to one that it was not meant
    /// for.
    ///
    /// ## Fields
    /// `nodeSelector` and `affinity.nodeAffinity` of Deployments, StatefulSets, Jobs and CronJobs.
    ///
    /// ## Allowed values
    /// Either of them.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example/web:1.2.0"}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {nodeSelector: {kubernetes.io/arch: amd64}, containers: [{name: web, image: "example/web:1.2.0"}]}}}
    /// ```
    MISSING_NODE_AFFINITY = {
        id: "missing-node-affinity",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-06"],
        look: Workload(&["Deployment", "StatefulSet", "Job", "CronJob"], missing_node_affinity),
    }
}

fn missing_node_affinity(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let is_bound =
        workload.pod(&["nodeSelector"]).is_some() || workload.pod(&["affinity", "nodeAffinity"]).is_some();
    if !is_bound {
        findings
            .report(workload.pod_path(&["nodeSelector"]), "the Pods may run on any node")
            .help("set `nodeSelector`, such as `kubernetes.io/arch: amd64`");
    }
}
