use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Ingresses that have neither rules nor a default backend.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Ingress: it leads nowhere.
    ///
    /// ## Fields
    /// `spec.rules` and `spec.defaultBackend` of Ingresses.
    ///
    /// ## Allowed values
    /// At least one rule, or a backend.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {ingressClassName: nginx}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {ingressClassName: nginx, defaultBackend: {service: {name: web, port: {name: http}}}}
    /// ```
    INGRESS_WITHOUT_ROUTE = {
        id: "ingress-without-route",
        category: Admission,
        severity: Error,
        look: Object(&["Ingress"], ingress_without_route),
    }
}

fn ingress_without_route(ingress: &Object<'_>, findings: &mut Findings<'_>) {
    let rules = ingress.at(&["spec", "rules"]).map_or(0, |rules| rules.items().len());
    if rules == 0 && ["defaultBackend", "backend"].iter().all(|name| ingress.at(&["spec", name]).is_none()) {
        findings
            .report(ingress.path(&["spec", "rules"]), "the Ingress has neither rules nor a default backend")
            .help("add a rule, or a `defaultBackend`");
    }
}
