use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Value;

declare_rule! {
    /// Flags peers of a network policy that name nobody, or a block of addresses beside Pods.
    ///
    /// ## Why is this bad?
    /// The API server refuses the policy. An empty peer reads like "everybody", which an absent list means.
    ///
    /// ## Fields
    /// `from[]` and `to[]` of NetworkPolicies, and `policyTypes`.
    ///
    /// ## Allowed values
    /// `ipBlock` alone, or `podSelector`, `namespaceSelector` or both; at most two `policyTypes`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, ingress: [{from: [{}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}
    /// ```
    AMBIGUOUS_PEER = {
        id: "ambiguous-peer",
        category: Admission,
        severity: Error,
        look: Object(&["NetworkPolicy"], ambiguous_peer),
    }
}

static PEERS: Fields<()> =
    Fields::new(&[(Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].from|to[]"), ())]);

fn ambiguous_peer(policy: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(policy) else { return };
    PEERS.each(&scene, |(), peer, spot| {
        let has = |name: &str| peer.get(name).is_some_and(|node| node.value != Value::Null);
        let selects = has("podSelector") || has("namespaceSelector");
        let (message, help) = match (selects, has("ipBlock")) {
            (true, true) => ("the peer is both Pods and a block of addresses", "make them two peers"),
            (false, false) => {
                ("the peer names nobody", "set a `podSelector`, or remove the list to mean everybody")
            }
            _ => return,
        };
        findings.report(spot.path(), message).help(help);
    });
    let types = policy.at(&["spec", "policyTypes"]).map_or(0, |types| types.items().len());
    if types > 2 {
        findings
            .report(
                policy.path(&["spec", "policyTypes"]),
                format!("there are {types} types, and only two to name"),
            )
            .help("write each once");
    }
}
