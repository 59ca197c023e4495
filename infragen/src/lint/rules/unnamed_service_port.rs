use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags ports without a name in a Service that has several.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Service.
    ///
    /// ## Fields
    /// `spec.ports[].name` of Services.
    ///
    /// ## Allowed values
    /// A name for each port, where there is more than one.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{name: http, port: 80}, {port: 9090}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{name: http, port: 80}, {name: metrics, port: 9090}]
    /// ```
    UNNAMED_SERVICE_PORT = {
        id: "unnamed-service-port",
        category: Admission,
        severity: Error,
        covers: ["SRV-08"],
        look: Object(&["Service"], unnamed_service_port),
    }
}

fn unnamed_service_port(service: &Object<'_>, findings: &mut Findings<'_>) {
    let ports = service.at(&["spec", "ports"]).map_or(&[][..], Node::items);
    if ports.len() < 2 {
        return;
    }
    for (index, port) in ports.iter().enumerate().filter(|(_, port)| port.get("name").is_none()) {
        let number = port.get("port").and_then(Node::as_i64).unwrap_or_default();
        findings
            .report(
                service.path(&["spec", "ports"]).index(index).field("name"),
                format!("port `{number}` has no name, and the Service has {} ports", ports.len()),
            )
            .help("give each port a `name`");
    }
}
