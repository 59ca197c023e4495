use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags rules of an Ingress that answer for every host.
    ///
    /// ## Why is this bad?
    /// Whatever name leads to the load balancer gets the app, names of attackers too; and it catches what another
    /// Ingress forgot.
    ///
    /// ## Fields
    /// `spec.rules[].host` of Ingresses.
    ///
    /// ## Allowed values
    /// A host.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {rules: [{http: {paths: []}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {rules: [{host: web.example.com, http: {paths: []}}, {host: "*.web.example.com"}]}
    /// ```
    INGRESS_FOR_EVERY_HOST = {
        id: "ingress-for-every-host",
        category: Practice,
        severity: Info,
        covers: ["ING-03"],
        look: Object(&["Ingress"], ingress_for_every_host),
    }
}

fn ingress_for_every_host(object: &Object<'_>, findings: &mut Findings<'_>) {
    for (index, rule) in object.at(&["spec", "rules"]).map_or(&[][..], Node::items).iter().enumerate() {
        if matches!(rule.text_at(&["host"]), None | Some("")) {
            findings
                .report(
                    object.path(&["spec", "rules"]).index(index).field("host"),
                    "the Ingress answers for every host",
                )
                .help("name the `host`");
        }
    }
}
