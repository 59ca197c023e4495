use crate::lint::findings::Findings;
use crate::lint::grammar::{Block, Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags exceptions of a NetworkPolicy that do not lie in their block of addresses.
    ///
    /// ## Why is this bad?
    /// The API server refuses the policy.
    ///
    /// ## Fields
    /// `ipBlock.except` of NetworkPolicies.
    ///
    /// ## Allowed values
    /// Blocks inside of `cidr`, and smaller.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}]}
    /// ```
    EXCEPTION_OUTSIDE_OF_BLOCK = {
        id: "exception-outside-of-block",
        category: Admission,
        severity: Error,
        covers: ["SRV-20"],
        look: Object(&["NetworkPolicy"], exception_outside_of_block),
    }
}

static BLOCKS: Fields<()> =
    Fields::new(&[(Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].from|to[].ipBlock"), ())]);

fn exception_outside_of_block(policy: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(policy) else { return };
    BLOCKS.each(&scene, |(), block, spot| {
        let Some(whole) = block.text_at(&["cidr"]).and_then(Block::parse) else { return };
        for (index, part) in block.get("except").map_or(&[][..], Node::items).iter().enumerate() {
            let Some(text) = part.as_str() else { continue };
            if Block::parse(text).is_some_and(|part| !whole.holds_strictly(&part)) {
                findings
                    .report(
                        spot.path().field("except").index(index),
                        format!("`{text}` is no part of `{}`", block.text_at(&["cidr"]).unwrap_or_default()),
                    )
                    .help("remove it, or name a smaller block inside of `cidr`");
            }
        }
    });
}
