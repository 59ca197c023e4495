use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags ports of one Service with the same number and protocol.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: names must tell things apart.
    ///
    /// ## Fields
    /// `spec.ports[]` of Services.
    ///
    /// ## Allowed values
    /// Each number once for a protocol.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{name: a, port: 80}, {name: b, port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{name: a, port: 53}, {name: b, port: 53, protocol: UDP}]}
    /// ```
    DUPLICATE_SERVICE_PORT = {
        id: "duplicate-service-port",
        category: Admission,
        severity: Error,
        look: Object(&["Service"], duplicate_service_port),
    }
}

fn duplicate_service_port(service: &Object<'_>, findings: &mut Findings<'_>) {
    let ports = service.at(&["spec", "ports"]).map_or(&[][..], Node::items);
    let key = |port: &Node| {
        let number = port.get("port").and_then(Node::as_i64)?;
        Some((number, port.text_at(&["protocol"]).unwrap_or("TCP").to_owned()))
    };
    for (index, port) in ports.iter().enumerate() {
        let Some((number, protocol)) = key(port) else { continue };
        if ports[..index].iter().any(|earlier| key(earlier) == key(port)) {
            findings
                .report(
                    service.path(&["spec", "ports"]).index(index),
                    format!("port `{number}/{protocol}` stands twice"),
                )
                .help("remove one of them, or change its number");
        }
    }
}
