use crate::lint::findings::Findings;
use crate::lint::grammar::{Block, Scene, Where, is_address};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

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

const BLOCKS: [Where; 3] = [
    Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].from|to[].ipBlock.cidr"),
    Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].from|to[].ipBlock.except[]"),
    Where::Of(&["Service"], "spec.loadBalancerSourceRanges[]"),
];
const ADDRESSES: [Where; 4] = [
    Where::Of(&["Service"], "spec.externalIPs[]"),
    Where::Of(&["Service"], "spec.clusterIP"),
    Where::Pod("hostAliases[].ip"),
    Where::Pod("dnsConfig.nameservers[]"),
];

fn malformed_address(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    let mut check = |places: &[Where], is_right: fn(&str) -> bool, what: &str, help: &str| {
        for place in places {
            let is_wrong = |node: &Node| node.as_str().is_some_and(|text| !is_right(text));
            scene.each(*place, is_wrong, |path, node| {
                let text = node.as_str().unwrap_or_default();
                findings.report(path, format!("`{text}` is no {what}")).help(help);
            });
        }
    };
    check(
        &BLOCKS,
        |text| Block::parse(text.trim()).is_some(),
        "block of addresses",
        "write one such as `10.0.0.0/8`",
    );
    let is_right = |text: &str| matches!(text, "" | "None") || is_address(text);
    check(&ADDRESSES, is_right, "address", "write one such as `10.0.0.1`");
}
