use crate::lint::findings::Findings;
use crate::lint::graph::{Backend, Graph, PortTarget, ServicePort};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Ingresses that lead to a port which their Service does not have.
    ///
    /// ## Why is this bad?
    /// Who comes by that host and path is answered with 503.
    ///
    /// ## Fields
    /// `backend.service.port` of Ingresses, `spec.ports[]` of the Service that it means.
    ///
    /// ## Allowed values
    /// Number or name of one of the Service's ports: not of the container's.
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
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}]
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
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{name: http, port: 80}]}
    /// ```
    INGRESS_PORT_MISSING = {
        id: "ingress-port-missing",
        category: Reference,
        severity: Error,
        covers: ["ING-01", "OBJ-03"],
        look: Bundle(ingress_port_missing),
    }
}

fn ingress_port_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for ingress in graph.ingresses() {
        for Backend { service: name, port, .. } in ingress.backends() {
            let (Some(service), Some((target, path))) = (graph.find(ingress, "Service", name), port) else {
                continue;
            };
            let is_meant = |port: &ServicePort<'_>| match target {
                PortTarget::Name(name) => port.name == Some(name) || port.number == name.parse().ok(),
                PortTarget::Number(number) => port.number == Some(number),
            };
            let ports: Vec<_> = service.service_ports().collect();
            if service.is_alias() || ports.is_empty() || ports.iter().any(is_meant) {
                continue;
            }
            let known = ports.iter().filter_map(|port| match (port.name, port.number) {
                (Some(name), Some(number)) => Some(format!("`{number}`, named `{name}`")),
                (_, number) => Some(format!("`{}`", number?)),
            });
            let help = format!("it has {}", known.collect::<Vec<_>>().join("; "));
            findings
                .report_on(ingress, path, format!("the Service `{name}` has no port `{target}`"))
                .help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::INGRESS_PORT_MISSING;
    use crate::lint::testing::finds;

    #[test]
    fn a_port_is_one_of_the_service() {
        let cases = [
            ("{number: 80}", "{ports: [{name: http, port: 80, targetPort: 8080}]}", false),
            ("{name: http}", "{ports: [{name: http, port: 80, targetPort: 8080}]}", false),
            ("{number: 8080}", "{ports: [{name: http, port: 80, targetPort: 8080}]}", true),
            ("{name: web}", "{ports: [{name: http, port: 80, targetPort: web}]}", true),
            ("{name: web}", "{type: ExternalName, ports: [{port: 80}]}", false),
            ("{name: web}", "{}", false),
        ];
        for (port, service, expected) in cases {
            let yaml = format!(
                "kind: Ingress\nspec: {{defaultBackend: {{service: {{name: web, port: {port}}}}}}}\n---\n\
                 kind: Service\nmetadata: {{name: web}}\nspec: {service}\n"
            );
            assert_eq!(finds(&INGRESS_PORT_MISSING, &yaml), expected, "{port} {service}");
        }
    }
}
