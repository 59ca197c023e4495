use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Services that have a load balancer of their own.
    ///
    /// ## Why is this bad?
    /// Each costs money and has an address that the world may reach, past whatever an Ingress asks for.
    ///
    /// ## Fields
    /// `spec.type` of Services.
    ///
    /// ## Allowed values
    /// `ClusterIP`, with an Ingress or a Gateway in front.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: LoadBalancer, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: ClusterIP, ports: [{port: 80}]}
    /// ```
    LOAD_BALANCER_SERVICE = {
        id: "load-balancer-service",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["NET-04"],
        look: Object(&["Service"], load_balancer_service),
    }
}

fn load_balancer_service(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.node.text_at(&["spec", "type"]) == Some("LoadBalancer") {
        findings
            .report(object.path(&["spec", "type"]), "the Service has a load balancer of its own")
            .help("use `ClusterIP`, and an Ingress in front");
    }
}
