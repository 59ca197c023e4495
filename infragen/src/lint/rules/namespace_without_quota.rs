use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags namespaces that may take the whole cluster.
    ///
    /// ## Why is this bad?
    /// One team's mistake, such as an autoscaler without an end, leaves no room for the others.
    ///
    /// ## Fields
    /// Namespaces; ResourceQuotas and LimitRanges in them.
    ///
    /// ## Allowed values
    /// A ResourceQuota in each namespace.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: web}
    /// ---
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota, namespace: web}
    /// spec: {hard: {limits.memory: 16Gi}}
    /// ```
    NAMESPACE_WITHOUT_QUOTA = {
        id: "namespace-without-quota",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["NSP-01"],
        look: Bundle(namespace_without_quota),
    }
}

fn namespace_without_quota(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for namespace in graph.of_kind("Namespace") {
        if !graph.of_kind("ResourceQuota").any(|quota| quota.namespace == Some(namespace.name)) {
            findings
                .report_on(namespace, namespace.path(&["metadata", "name"]), "the namespace has no quota")
                .help(format!("add a ResourceQuota to the namespace `{}`", namespace.name));
        }
    }
}
