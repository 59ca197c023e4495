use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags ranges of ports that end before they begin, or begin nowhere.
    ///
    /// ## Why is this bad?
    /// The API server refuses the policy.
    ///
    /// ## Fields
    /// `ports[].endPort` of NetworkPolicies.
    ///
    /// ## Allowed values
    /// A number from that of `port`, which must be a number, too.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, egress: [{ports: [{port: 2000, endPort: 1000}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {}, egress: [{ports: [{port: 1000, endPort: 2000}]}]}
    /// ```
    PORT_RANGE_REVERSED = {
        id: "port-range-reversed",
        category: Admission,
        severity: Error,
        covers: ["SRV-20"],
        look: Object(&["NetworkPolicy"], port_range_reversed),
    }
}

static PORTS: Fields<()> =
    Fields::new(&[(Where::Of(&["NetworkPolicy"], "spec.ingress|egress[].ports[]"), ())]);

fn port_range_reversed(policy: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(policy) else { return };
    PORTS.each(&scene, |(), port, spot| {
        let Some(end) = port.get("endPort").and_then(Node::as_i64) else { return };
        let message = match port.get("port").map(Node::as_i64) {
            Some(Some(first)) if first <= end => return,
            Some(Some(first)) => format!("the ports end at {end}, before their beginning at {first}"),
            _ => format!("the ports end at {end}, and begin at no number"),
        };
        findings.report(spot.path().field("endPort"), message).help("set `port` to the first number");
    });
}
