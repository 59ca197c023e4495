use crate::lint::findings::Findings;
use crate::lint::graph::PortTarget;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, Workload};
use crate::node::{FieldPath, Node, Value};

declare_rule! {
    /// Flags probes, Services and Ingresses that lead to a port by its number.
    ///
    /// ## Why is this bad?
    /// The number stands in several places, and whoever changes it in one forgets another. A name stands for the port
    /// wherever it goes.
    ///
    /// ## Fields
    /// Ports of probes and hooks; `spec.ports[].targetPort` of Services; `service.port.number` of the backends of an
    /// Ingress.
    ///
    /// ## Allowed values
    /// The name of a port.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{port: 80, targetPort: 8080}]}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{name: http, containerPort: 8080}]
    ///     livenessProbe: {httpGet: {path: /health, port: 8080}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{port: 80, targetPort: http}]}
    /// ```
    PORT_BY_NUMBER = {
        id: "port-by-number",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["PRB-10"],
        look: Object(&[], port_by_number),
    }
}

fn port_by_number(object: &Object<'_>, findings: &mut Findings<'_>) {
    for container in Workload::of(*object).iter().flat_map(Workload::containers) {
        for (path, port) in container.probed_ports() {
            report(path, port, findings);
        }
    }
    match object.kind {
        "Service" => {
            let ports = object.at(&["spec", "ports"]).map_or(&[][..], Node::items);
            for (index, port) in ports.iter().enumerate() {
                let Some(target) = port.get("targetPort") else { continue };
                report(object.path(&["spec", "ports"]).index(index).field("targetPort"), target, findings);
            }
        }
        "Ingress" => {
            for (port, path) in object.backends().into_iter().filter_map(|backend| backend.port) {
                if let PortTarget::Number(number) = port {
                    report(path, &Node::new(Value::Integer(number)), findings);
                }
            }
        }
        _ => {}
    }
}

fn report(path: FieldPath, port: &Node, findings: &mut Findings<'_>) {
    if let Value::Integer(number) = port.value {
        findings
            .report(path, format!("the port is named by its number `{number}`"))
            .help("give the port a name, and use that");
    }
}
