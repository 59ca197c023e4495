use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::network::{Direction, Peer, Port};
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::{Object, Workload};
use std::collections::HashSet;

declare_rule! {
    /// Flags Pods that may call others and may not ask for their addresses.
    ///
    /// ## Why is this bad?
    /// Every name takes seconds and then cannot be resolved: a policy of egress shuts the name server out with all
    /// else.
    ///
    /// ## Fields
    /// `egress` of NetworkPolicies, for Pods that one of them lets call something by more than addresses: other Pods,
    /// or any port.
    ///
    /// ## Allowed values
    /// A rule that lets the Pods reach the Pods `k8s-app: kube-dns` of `kube-system`, or addresses, on port 53 of UDP.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   policyTypes: [Egress]
    ///   egress:
    ///   - to: [{podSelector: {matchLabels: {app: database}}}]
    ///     ports: [{port: 5432}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   policyTypes: [Egress]
    ///   egress:
    ///   - to: [{podSelector: {matchLabels: {app: database}}}]
    ///     ports: [{port: 5432}]
    ///   - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
    ///     ports: [{port: 53, protocol: UDP}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    NAME_SERVER_BLOCKED = {
        id: "name-server-blocked",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-35"],
        look: Bundle(name_server_blocked),
    }
}

fn name_server_blocked(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let asked = Port { protocol: "UDP", number: 53, listener: None };
    let answers =
        |policy: &Object<'_>| graph.lets_through(policy, Direction::Egress, Peer::NameServer, asked);
    let mut told = HashSet::new();
    for policy in graph.policies().filter(|policy| calls_pods(policy) && !answers(policy)) {
        let Some(selector) = policy.at(&["spec", "podSelector"]).map(Selector::new) else { continue };
        for workload in graph.selected(policy, selector) {
            if is_told_elsewhere(graph, workload) || !graph.applied_together(policy, workload) {
                continue;
            }
            let mut isolating = graph.isolating(workload, Direction::Egress).peekable();
            if isolating.peek().is_some() && !isolating.any(answers) && told.insert(workload.object_name()) {
                let (kind, name) = (workload.kind, workload.name);
                let message =
                    format!("the Pods of `{kind}/{name}` cannot resolve the names of what they call");
                findings
                    .report_on(policy, policy.path(&["spec", "egress"]), message)
                    .help("let port 53 of UDP and TCP of `k8s-app: kube-dns` in `kube-system` through");
            }
        }
    }
}

/// Whether the environment declares whom it calls: `blocked-connection` tells more of that.
fn is_told_elsewhere(graph: &Graph<'_>, workload: &Workload<'_>) -> bool {
    let name = workload.pod_label("app.kubernetes.io/name");
    graph.bundle.facts.connections.iter().any(|connection| Some(connection.from.as_str()) == name)
}

/// Whether a rule of the policy is about other Pods, which are called by the names of their Services.
fn calls_pods(policy: &Object<'_>) -> bool {
    policy.policy_rules().into_iter().filter(|rule| rule.direction == Direction::Egress).any(|rule| {
        rule.peers()
            .iter()
            .any(|(peer, _)| peer.get("podSelector").is_some() || peer.get("namespaceSelector").is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::NAME_SERVER_BLOCKED;
    use crate::lint::testing::messages;

    #[test]
    fn only_who_calls_by_name_must_ask() {
        let of = |egress: &str| {
            let yaml = format!(
                "kind: NetworkPolicy\nmetadata: {{name: p}}\nspec: {{podSelector: {{}}, policyTypes: [Egress], egress: [{egress}]}}\n---\n\
                 kind: Pod\nmetadata: {{name: a}}\n"
            );
            messages(&NAME_SERVER_BLOCKED, &yaml).len()
        };
        let database = "{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}";
        let cases = [
            (String::new(), 0),
            (database.to_owned(), 1),
            ("{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 5432}]}".to_owned(), 0),
            (format!("{database}, {{ports: [{{port: 53, protocol: UDP}}]}}"), 0),
            (
                format!(
                    "{database}, {{to: [{{ipBlock: {{cidr: 169.254.20.10/32}}}}], ports: [{{port: 53, protocol: UDP}}]}}"
                ),
                0,
            ),
            (format!("{database}, {{to: [{{namespaceSelector: {{}}}}]}}"), 0),
            ("{to: [{podSelector: {matchLabels: {app: db}}}]}".to_owned(), 1),
        ];
        for (egress, count) in cases {
            assert_eq!(of(&egress), count, "{egress}");
        }
    }
}
