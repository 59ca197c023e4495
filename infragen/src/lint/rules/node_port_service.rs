use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Services that open a port on every node.
    ///
    /// ## Why is this bad?
    /// The port is open on nodes that run none of its Pods too, past the load balancer and its rules.
    ///
    /// ## Fields
    /// `spec.type` of Services.
    ///
    /// ## Allowed values
    /// `ClusterIP`, behind an Ingress or a gateway; `LoadBalancer`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: NodePort, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: ClusterIP, ports: [{port: 80}]}
    /// ```
    NODE_PORT_SERVICE = {
        id: "node-port-service",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["NET-03"],
        look: Object(&["Service"], node_port_service),
    }
}

fn node_port_service(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.node.text_at(&["spec", "type"]) == Some("NodePort") {
        findings
            .report(object.path(&["spec", "type"]), "the Service opens a port on every node")
            .help("use `ClusterIP`, and an Ingress in front");
    }
}
