use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;

declare_rule! {
    /// Flags peers of network policies that are no workload's Pods.
    ///
    /// ## Why is this bad?
    /// The rule lets nobody through: the connection that was meant is dropped.
    ///
    /// ## Fields
    /// `ingress[].from[]` and `egress[].to[]` with a `podSelector` of NetworkPolicies. A peer with a
    /// `namespaceSelector` is looked at where that names a namespace of the bundle by `kubernetes.io/metadata.name`.
    ///
    /// ## Allowed values
    /// A selector that takes the Pods of at least one workload of that namespace; an empty one, which takes all.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   ingress:
    ///   - from: [{podSelector: {matchLabels: {app: prxoy}}}]
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
    NETWORK_POLICY_PEER_IS_NOBODY = {
        id: "network-policy-peer-is-nobody",
        category: Reference,
        severity: Warning,
        covers: ["NPL-03", "OBJ-33"],
        look: Bundle(network_policy_peer_is_nobody),
    }
}

fn network_policy_peer_is_nobody(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for policy in graph.policies().filter(|policy| graph.shows_pods_beside(policy)) {
        for rule in policy.policy_rules() {
            for (peer, path) in rule.peers() {
                let Some(selector) = peer.get("podSelector").map(Selector::new) else { continue };
                let pods = graph.pods_of_peer(policy, peer);
                if !selector.is_empty() && pods.is_some_and(|pods| pods.is_empty()) {
                    findings
                        .report_on(
                            policy,
                            path.field("podSelector"),
                            "the selector takes the Pods of no workload",
                        )
                        .help("select by labels that the Pod template of the other end has");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NETWORK_POLICY_PEER_IS_NOBODY;
    use crate::lint::testing::messages;

    fn of(peer: &str) -> usize {
        messages(
            &NETWORK_POLICY_PEER_IS_NOBODY,
            &format!(
                "kind: NetworkPolicy\nmetadata: {{name: policy, namespace: x}}\nspec: {{egress: [{{to: [{peer}]}}]}}\n---\n\
                 kind: Pod\nmetadata: {{name: p, namespace: x, labels: {{app: web}}}}\n---\n\
                 kind: Pod\nmetadata: {{name: p, namespace: z, labels: {{app: api}}}}\n"
            ),
        )
        .len()
    }

    #[test]
    fn a_peer_is_looked_for_where_it_must_be() {
        let in_namespace = |name: &str, app: &str| {
            format!(
                "{{namespaceSelector: {{matchLabels: {{kubernetes.io/metadata.name: {name}}}}}, \
                 podSelector: {{matchLabels: {{app: {app}}}}}}}"
            )
        };
        let cases = [
            ("{podSelector: {matchLabels: {app: web}}}".to_owned(), 0),
            ("{podSelector: {matchLabels: {app: api}}}".to_owned(), 1),
            ("{podSelector: {}}".to_owned(), 0),
            ("{ipBlock: {cidr: 10.0.0.0/8}}".to_owned(), 0),
            (in_namespace("x", "web"), 0),
            (in_namespace("x", "api"), 1),
            (in_namespace("z", "api"), 0),
            (in_namespace("z", "web"), 1),
            (in_namespace("kube-system", "kube-dns"), 0),
            (
                "{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {app: api}}}"
                    .to_owned(),
                0,
            ),
            ("{namespaceSelector: {}, podSelector: {matchLabels: {app: ingress}}}".to_owned(), 0),
        ];
        for (peer, count) in cases {
            assert_eq!(of(&peer), count, "{peer}");
        }
    }
}
