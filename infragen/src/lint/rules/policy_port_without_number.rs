use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags entries among the ports of a network policy that open every port.
    ///
    /// ## Why is this bad?
    /// An entry with a protocol alone lets through every port of it: mostly the number was forgotten.
    ///
    /// ## Fields
    /// `ports[]` of `ingress[]` and `egress[]` of NetworkPolicies.
    ///
    /// ## Allowed values
    /// An entry with a `port`; no `ports` at all, where every port is meant.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, ingress: [{ports: [{protocol: TCP}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, ingress: [{ports: [{protocol: TCP, port: 8080}]}]}
    /// ```
    POLICY_PORT_WITHOUT_NUMBER = {
        id: "policy-port-without-number",
        category: Practice,
        severity: Warning,
        look: Bundle(policy_port_without_number),
    }
}

fn policy_port_without_number(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for policy in graph.policies() {
        for rule in policy.policy_rules() {
            for (index, entry) in rule.node.get("ports").map_or(&[][..], Node::items).iter().enumerate() {
                if entry.get("port").is_none() {
                    let protocol = entry.text_at(&["protocol"]).unwrap_or("TCP");
                    let path = rule.path.field("ports").index(index);
                    findings
                        .report_on(policy, path, format!("every port of {protocol} is let through"))
                        .help("set `port`; for every port of every protocol, remove `ports`");
                }
            }
        }
    }
}
