use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Ingresses that answer for whatever no rule is for.
    ///
    /// ## Why is this bad?
    /// Requests for any host and any path come to that Service, those of scanners and of a name that was misspelt too.
    ///
    /// ## Fields
    /// `spec.defaultBackend` of an Ingress.
    ///
    /// ## Allowed values
    /// None: let rules say what is answered.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {defaultBackend: {service: {name: web, port: {name: http}}}}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
    /// ```
    INGRESS_DEFAULT_BACKEND = {
        id: "ingress-default-backend",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["ING-06"],
        look: Object(&["Ingress"], ingress_default_backend),
    }
}

fn ingress_default_backend(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.at(&["spec", "defaultBackend"]).is_some() {
        findings
            .report(object.path(&["spec", "defaultBackend"]), "the Ingress answers for whatever has no rule")
            .help("write a rule for each host and path");
    }
}
