use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Object;

declare_rule! {
    /// Flags namespaces whose Pods talk to everybody until somebody forbids it.
    ///
    /// ## Why is this bad?
    /// A Pod that no policy selects is open: whoever adds a workload and forgets its policy opens the namespace.
    ///
    /// ## Fields
    /// Namespaces; NetworkPolicies in them with an empty `podSelector`.
    ///
    /// ## Allowed values
    /// A policy that selects all Pods and lets nothing through.
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
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: default-deny, namespace: web}
    /// spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    /// ```
    NAMESPACE_WITHOUT_DEFAULT_DENY = {
        id: "namespace-without-default-deny",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["NSP-02"],
        look: Bundle(namespace_without_default_deny),
    }
}

fn namespace_without_default_deny(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for namespace in graph.of_kind("Namespace") {
        let denies = |policy: &Object<'_>| {
            let takes_all = policy
                .at(&["spec", "podSelector"])
                .map(Selector::new)
                .is_none_or(|selector| selector.is_empty());
            let lets_nothing = policy.at(&["spec", "ingress"]).is_none_or(|rules| rules.items().is_empty());
            policy.namespace == Some(namespace.name) && takes_all && lets_nothing
        };
        if !graph.policies().any(denies) {
            let message = "no network policy of the namespace denies what nobody lets through";
            findings
                .report_on(namespace, namespace.path(&["metadata", "name"]), message)
                .help("add a NetworkPolicy with an empty `podSelector` and no rules");
        }
    }
}
