use crate::lint::findings::Findings;
use crate::lint::graph::{Backend, Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Ingresses that lead to a Service which does not exist.
    ///
    /// ## Why is this bad?
    /// Who comes by that host and path is answered with 503, or the controller refuses the whole Ingress.
    ///
    /// ## Fields
    /// `spec.rules[].http.paths[].backend` and `spec.defaultBackend` of Ingresses.
    ///
    /// ## Allowed values
    /// The name of a Service of the same namespace or of an external; the name of an action of the AWS Load Balancer
    /// Controller, whose port is `use-annotation`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http:
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: wbe, port: {number: 80}}}}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{name: http, port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http:
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{name: http, port: 80}]}
    /// ```
    INGRESS_BACKEND_MISSING = {
        id: "ingress-backend-missing",
        category: Reference,
        severity: Error,
        covers: ["ING-01", "OBJ-03"],
        look: Bundle(ingress_backend_missing),
    }
}

fn ingress_backend_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for ingress in graph.ingresses() {
        for Backend { service, path, .. } in ingress.backends() {
            if matches!(graph.target(ingress, "Service", service), Target::Nothing) {
                findings
                    .report_on(ingress, path, format!("there is no Service `{service}`"))
                    .help("name a Service of the same namespace, or declare it as an external");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::INGRESS_BACKEND_MISSING;
    use crate::lint::testing::finds;

    fn of(ingress: &str) -> bool {
        let service = "kind: Service\nmetadata: {name: web}\n---\napiVersion: infragen.dev/v1\nkind: Facts\n\
            externals: [{kind: Service, name: elsewhere}]\n";
        finds(&INGRESS_BACKEND_MISSING, &format!("{ingress}\n---\n{service}"))
    }

    #[test]
    fn every_way_to_name_a_service_is_followed() {
        let path = |backend: &str| {
            format!("kind: Ingress\nspec: {{rules: [{{http: {{paths: [{{backend: {backend}}}]}}}}]}}")
        };
        let cases = [
            (path("{service: {name: web}}"), false),
            (path("{service: {name: elsewhere}}"), false),
            (path("{service: {name: none}}"), true),
            (path("{service: {name: redirect, port: {name: use-annotation}}}"), false),
            (path("{serviceName: none, servicePort: 80}"), true),
            (path("{serviceName: redirect, servicePort: use-annotation}"), false),
            (path("{resource: {kind: StorageBucket, name: none}}"), false),
            ("kind: Ingress\nspec: {defaultBackend: {service: {name: none}}}".to_owned(), true),
            ("kind: Ingress\nspec: {backend: {serviceName: none}}".to_owned(), true),
            ("apiVersion: config.openshift.io/v1\nkind: Ingress\nspec: {defaultBackend: {service: {name: none}}}".to_owned(), false),
        ];
        for (ingress, expected) in cases {
            assert_eq!(of(&ingress), expected, "{ingress}");
        }
    }
}
