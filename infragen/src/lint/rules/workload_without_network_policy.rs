use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::network::Direction;
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags workloads that no network policy isolates.
    ///
    /// ## Why is this bad?
    /// Every Pod of the cluster may call them, and they may call everything: whoever breaks into one of them looks
    /// around freely.
    ///
    /// ## Fields
    /// Pods and Pod templates; `spec.podSelector` and `spec.policyTypes` of NetworkPolicies.
    ///
    /// ## Allowed values
    /// A policy of ingress and one of egress that select the Pods, or one of both.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: default-deny}
    /// spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    /// ```
    WORKLOAD_WITHOUT_NETWORK_POLICY = {
        id: "workload-without-network-policy",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["NPL-01"],
        look: Bundle(workload_without_network_policy),
    }
}

fn workload_without_network_policy(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads().iter().filter(|workload| workload.kind != "PodTemplate") {
        // The policies of a cluster are not about Pods that use their node's network.
        if workload.pod(&["hostNetwork"]).and_then(Node::as_bool) == Some(true) {
            continue;
        }
        for direction in [Direction::Ingress, Direction::Egress] {
            if graph.isolating(workload, direction).next().is_none() {
                let message = format!("no network policy says a word about {}", direction.field());
                findings.report_on(workload, workload.template_path(&["metadata", "labels"]), message).help(
                    "add a NetworkPolicy that denies by default, and one that lets through what is needed",
                );
            }
        }
    }
}
