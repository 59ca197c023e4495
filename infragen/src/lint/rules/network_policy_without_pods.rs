use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;

declare_rule! {
    /// Flags network policies that select no Pod.
    ///
    /// ## Why is this bad?
    /// What was to be shut stands open, or what was to be opened stays shut behind another policy.
    ///
    /// ## Fields
    /// `spec.podSelector` of NetworkPolicies.
    ///
    /// ## Allowed values
    /// A selector that takes the Pods of at least one workload of the same namespace; an empty one, which takes all.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: wbe}}
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
    NETWORK_POLICY_WITHOUT_PODS = {
        id: "network-policy-without-pods",
        category: Reference,
        severity: Warning,
        covers: ["NPL-02", "OBJ-32"],
        look: Bundle(network_policy_without_pods),
    }
}

fn network_policy_without_pods(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for policy in graph.policies() {
        let Some(selector) = policy.at(&["spec", "podSelector"]).map(Selector::new) else { continue };
        let has_pods = selector.is_empty() || !graph.selected(policy, selector).is_empty();
        if !has_pods && graph.shows_pods_beside(policy) {
            findings
                .report_on(
                    policy,
                    policy.path(&["spec", "podSelector"]),
                    "the selector takes the Pods of no workload",
                )
                .help("select by labels that the Pod template of one workload has");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NETWORK_POLICY_WITHOUT_PODS;
    use crate::lint::testing::{messages, messages_of_foreign};

    #[test]
    fn a_policy_alone_says_nothing() {
        let pod = "---\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\n";
        let cases = [
            ("networking.k8s.io/v1", "{podSelector: {}}", 0),
            ("networking.k8s.io/v1", "{podSelector: {matchLabels: {app: web}}}", 0),
            ("networking.k8s.io/v1", "{podSelector: {matchLabels: {app: api}}}", 1),
            ("networking.k8s.io/v1", "{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}", 0),
            ("projectcalico.org/v3", "{podSelector: {matchLabels: {app: api}}}", 0),
        ];
        for (version, spec, count) in cases {
            let policy = format!("apiVersion: {version}\nkind: NetworkPolicy\nspec: {spec}\n");
            assert_eq!(
                messages(&NETWORK_POLICY_WITHOUT_PODS, &format!("{policy}{pod}")).len(),
                count,
                "{version} {spec}"
            );
            assert!(messages_of_foreign(&NETWORK_POLICY_WITHOUT_PODS, &policy).is_empty(), "{spec}");
        }
    }
}
