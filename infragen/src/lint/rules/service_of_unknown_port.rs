use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, PortTarget};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags ports of Services that lead to a container port by a name which no container has.
    ///
    /// ## Why is this bad?
    /// No Pod becomes an endpoint of that port, and every connection to it is refused.
    ///
    /// ## Fields
    /// `spec.ports[].targetPort` of Services that select Pods and have an address; `ports[].name` and `protocol` of
    /// containers that go on running, sidecars among them.
    ///
    /// ## Allowed values
    /// A name that a container of at least one selected workload gives to a port of the same protocol, or a number.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: web}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", ports: [{name: http, containerPort: 8080}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", ports: [{name: http, containerPort: 8080}]}]}
    /// ```
    SERVICE_OF_UNKNOWN_PORT = {
        id: "service-of-unknown-port",
        category: Reference,
        severity: Error,
        covers: ["NET-02", "OBJ-02"],
        look: Bundle(service_of_unknown_port),
    }
}

fn service_of_unknown_port(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for service in graph.of_kind("Service").filter(|service| !service.is_alias() && !service.is_headless()) {
        let pods = graph.behind(service);
        for port in service.service_ports() {
            let Some(PortTarget::Name(name)) = port.target else { continue };
            let target = PortTarget::Name(name);
            let is_known = pods.iter().any(|workload| workload.listens_on(target, port.protocol));
            if pods.is_empty() || is_known || name.parse::<u16>().is_ok() {
                continue;
            }
            let path = service.path(&["spec", "ports"]).index(port.index).field("targetPort");
            let message =
                format!("no container of the selected Pods has a {} port named `{name}`", port.protocol);
            let named: Vec<_> = pods
                .iter()
                .flat_map(|workload| workload.listeners())
                .filter(|listener| listener.protocol == port.protocol)
                .filter_map(|listener| Some(format!("`{}`", listener.name?)))
                .collect();
            let help = match named.as_slice() {
                [] => "name the container's port, or give its number".to_owned(),
                named => format!("they have {}", named.join(", ")),
            };
            findings.report_on(service, path, message).help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SERVICE_OF_UNKNOWN_PORT;
    use crate::lint::testing::finds;

    fn of(service: &str, pod: &str) -> bool {
        finds(
            &SERVICE_OF_UNKNOWN_PORT,
            &format!(
                "kind: Service\nmetadata: {{name: s}}\nspec: {service}\n---\n\
                 kind: Pod\nmetadata: {{name: p, labels: {{app: web}}}}\nspec: {pod}\n"
            ),
        )
    }

    #[test]
    fn names_are_resolved_as_the_endpoint_controller_does() {
        let http = "{containers: [{name: a, ports: [{name: http, containerPort: 80}]}]}";
        let sidecar = "{initContainers: [{restartPolicy: Always, ports: [{name: http, containerPort: 80}]}]}";
        let starting = "{initContainers: [{ports: [{name: http, containerPort: 80}]}]}";
        let selecting = |port: &str| format!("{{selector: {{app: web}}, ports: [{port}]}}");
        let cases = [
            (selecting("{port: 80, targetPort: http}"), http, false),
            (selecting("{port: 80, targetPort: http}"), sidecar, false),
            (selecting("{port: 80, targetPort: http}"), starting, true),
            (selecting("{port: 80, targetPort: web}"), http, true),
            (selecting("{port: 80, targetPort: http, protocol: UDP}"), http, true),
            (selecting("{port: 80, targetPort: 8080}"), http, false),
            (selecting("{port: 80, targetPort: \"8080\"}"), http, false),
            (selecting("{port: 80}"), http, false),
            ("{selector: {app: other}, ports: [{port: 80, targetPort: web}]}".to_owned(), http, false),
            ("{ports: [{port: 80, targetPort: web}]}".to_owned(), http, false),
            (
                "{selector: {app: web}, clusterIP: None, ports: [{port: 80, targetPort: web}]}".to_owned(),
                http,
                false,
            ),
            (
                "{selector: {app: web}, type: ExternalName, ports: [{port: 80, targetPort: web}]}".to_owned(),
                http,
                false,
            ),
        ];
        for (service, pod, expected) in cases {
            assert_eq!(of(&service, pod), expected, "{service} {pod}");
        }
    }
}
