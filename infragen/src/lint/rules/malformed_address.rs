use crate::lint::findings::Findings;
use crate::lint::grammar::{Block, Fields, Scene, Where, is_address};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags addresses and blocks of addresses that cannot be read.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `ipBlock` of NetworkPolicies, `loadBalancerSourceRanges`, `externalIPs` and `clusterIP` of Services,
    /// `hostAliases` and `dnsConfig.nameservers` of Pods.
    ///
    /// ## Allowed values
    /// An address, such as `10.0.0.1`; a block with its length, such as `10.0.0.0/8`; for `clusterIP` also `None`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0}}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
    /// ```
    MALFORMED_ADDRESS = {
        id: "malformed-address",
        category: Admission,
        severity: Error,
        look: Object(&[], malformed_address),
    }
}

/// What a field asks for.
enum Asks {
    Block,
    Address,
    AddressOrNone,
}

static FIELDS: Fields<Asks> = Fields::new(&[
    (Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].from|to[].ipBlock.cidr"), Asks::Block),
    (Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].from|to[].ipBlock.except[]"), Asks::Block),
    (Where::Of(&["Service"], "spec.loadBalancerSourceRanges[]"), Asks::Block),
    (Where::Of(&["Service"], "spec.externalIPs[]"), Asks::Address),
    (Where::Of(&["Service"], "spec.clusterIPs[]"), Asks::AddressOrNone),
    (Where::Of(&["Service"], "spec.clusterIP"), Asks::AddressOrNone),
    (Where::Pod("hostAliases[].ip"), Asks::Address),
    (Where::Pod("dnsConfig.nameservers[]"), Asks::Address),
]);

fn malformed_address(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |asks, node, spot| {
        let Some(text) = node.as_text() else { return };
        let (is_right, what, help) = match asks {
            Asks::Block => {
                (Block::parse(text.trim()).is_some(), "block of addresses", "write one such as `10.0.0.0/8`")
            }
            Asks::Address => (is_address(text), "address", "write one such as `10.0.0.1`"),
            Asks::AddressOrNone => (
                matches!(text, "" | "None") || is_address(text),
                "address",
                "write one such as `10.0.0.1`, or `None`",
            ),
        };
        if !is_right {
            findings.report(spot.path(), format!("`{text}` is no {what}")).help(help);
        }
    });
}
