use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, PolicyRule, PortTarget};
use crate::lint::network::Direction;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::{Object, Workload};
use crate::node::Node;
use std::collections::BTreeSet;

declare_rule! {
    /// Flags ports of network policies that no container at the callee's end declares.
    ///
    /// ## Why is this bad?
    /// The rule opens a port that nothing listens on, and the one that was meant stays shut. Policies are about the
    /// ports of Pods, not those of Services.
    ///
    /// ## Fields
    /// `ports[]` of `ingress[]` rules, held against the Pods that the policy selects, and of `egress[]` rules, held
    /// against those that its peers select, where they are all known.
    ///
    /// ## Allowed values
    /// Number or name of a port that a container of at least one of these Pods declares, with the same protocol, or a
    /// range that holds one; any number, where one of them declares no port at all.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   ingress:
    ///   - from: [{podSelector: {matchLabels: {app: proxy}}}]
    ///     ports: [{port: 80}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", ports: [{name: http, containerPort: 8080}]}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: proxy, labels: {app: proxy}}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   ingress:
    ///   - from: [{podSelector: {matchLabels: {app: proxy}}}]
    ///     ports: [{port: 8080}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", ports: [{name: http, containerPort: 8080}]}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: proxy, labels: {app: proxy}}
    /// ```
    NETWORK_POLICY_PORT_NOBODY_LISTENS_ON = {
        id: "network-policy-port-nobody-listens-on",
        category: Reference,
        severity: Warning,
        covers: ["NPL-04", "OBJ-34"],
        look: Bundle(network_policy_port_nobody_listens_on),
    }
}

fn network_policy_port_nobody_listens_on(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for policy in graph.policies() {
        for rule in policy.policy_rules() {
            let Some(callees) = callees(graph, policy, &rule).filter(|callees| !callees.is_empty()) else {
                continue;
            };
            if callees.iter().any(|workload| workload.listeners().next().is_none()) {
                continue;
            }
            for (index, port) in rule.node.get("ports").map_or(&[][..], Node::items).iter().enumerate() {
                let Some(target) = port.get("port").and_then(PortTarget::of) else { continue };
                let protocol = port.text_at(&["protocol"]).unwrap_or("TCP");
                let last = port.get("endPort").and_then(Node::as_i64);
                if callees.iter().any(|workload| listens(workload, target, last, protocol)) {
                    continue;
                }
                let path = rule.path.field("ports").index(index).field("port");
                let declared = callees.iter().flat_map(|workload| workload.listeners());
                let declared: BTreeSet<_> =
                    declared.map(|listener| format!("`{}/{}`", listener.number, listener.protocol)).collect();
                let help = format!("they declare {}", declared.into_iter().collect::<Vec<_>>().join(", "));
                let message =
                    format!("no container at the callee's end declares the port `{target}/{protocol}`");
                findings.report_on(policy, path, message).help(help);
            }
        }
    }
}

/// The workloads that are called, if they are all known.
fn callees<'g, 'a>(
    graph: &'g Graph<'a>,
    policy: &Object<'a>,
    rule: &PolicyRule<'a>,
) -> Option<Vec<&'g Workload<'a>>> {
    match rule.direction {
        Direction::Ingress => {
            let selector = policy.at(&["spec", "podSelector"]).map(Selector::new)?;
            Some(graph.selected(policy, selector))
        }
        Direction::Egress => {
            let of_peers: Option<Vec<_>> =
                rule.peers().into_iter().map(|(peer, _)| graph.pods_of_peer(policy, peer)).collect();
            Some(of_peers?.into_iter().flatten().collect())
        }
    }
}

fn listens(workload: &Workload<'_>, target: PortTarget<'_>, last: Option<i64>, protocol: &str) -> bool {
    match (target, last) {
        (PortTarget::Number(first), Some(last)) => workload
            .listeners()
            .any(|listener| listener.protocol == protocol && (first..=last).contains(&listener.number)),
        _ => workload.listens_on(target, protocol),
    }
}

#[cfg(test)]
mod tests {
    use super::NETWORK_POLICY_PORT_NOBODY_LISTENS_ON;
    use crate::lint::testing::messages;

    fn of(spec: &str) -> usize {
        let pod = |name: &str, ports: &str| {
            format!(
                "---\nkind: Pod\nmetadata: {{name: {name}, labels: {{app: {name}}}}}\n\
                 spec: {{containers: [{{name: a, ports: [{ports}]}}]}}\n"
            )
        };
        let pods = pod("web", "{name: http, containerPort: 80}") + &pod("worker", "");
        messages(
            &NETWORK_POLICY_PORT_NOBODY_LISTENS_ON,
            &format!("kind: NetworkPolicy\nmetadata: {{name: policy}}\nspec: {spec}\n{pods}"),
        )
        .len()
    }

    #[test]
    fn a_port_is_held_against_those_who_are_called() {
        let ingress = |app: &str, port: &str| {
            format!("{{podSelector: {{matchLabels: {{app: {app}}}}}, ingress: [{{ports: [{port}]}}]}}")
        };
        let egress = |peers: &str| {
            format!("{{podSelector: {{}}, egress: [{{to: [{peers}], ports: [{{port: 81}}]}}]}}")
        };
        let cases = [
            (ingress("web", "{port: 80}"), 0),
            (ingress("web", "{port: http}"), 0),
            (ingress("web", "{port: 81}"), 1),
            (ingress("web", "{port: https}"), 1),
            (ingress("web", "{port: 80, protocol: UDP}"), 1),
            (ingress("web", "{port: 1, endPort: 1024}"), 0),
            (ingress("web", "{port: 81, endPort: 1024}"), 1),
            (ingress("web", "{protocol: TCP}"), 0),
            (ingress("worker", "{port: 81}"), 0),
            ("{podSelector: {}, ingress: [{ports: [{port: 81}]}]}".to_owned(), 0),
            (ingress("none", "{port: 81}"), 0),
            (egress("{podSelector: {matchLabels: {app: web}}}"), 1),
            (egress("{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 10.0.0.0/8}}"), 0),
            (egress("{podSelector: {}}"), 0),
            (egress(""), 0),
        ];
        for (spec, count) in cases {
            assert_eq!(of(&spec), count, "{spec}");
        }
    }
}
