use crate::lint::findings::Findings;
use crate::lint::grammar::Name;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags fields of a Service that its type does not have, and those that it lacks.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Service.
    ///
    /// ## Fields
    /// `spec` of Services.
    ///
    /// ## Allowed values
    /// `nodePort` with `NodePort` and `LoadBalancer`; `loadBalancerClass`, `loadBalancerSourceRanges` and
    /// `allocateLoadBalancerNodePorts` with the latter; `externalTrafficPolicy` with both and with `externalIPs`;
    /// `healthCheckNodePort` with `LoadBalancer` and `externalTrafficPolicy: Local`; `externalName` with `ExternalName`, which has
    /// neither `clusterIP` nor `ipFamilies`; `clusterIP: None` with `ClusterIP`; ports wherever there is an address.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
    /// ```
    FIELD_OF_OTHER_SERVICE_TYPE = {
        id: "field-of-other-service-type",
        category: Admission,
        severity: Error,
        look: Object(&["Service"], field_of_other_service_type),
    }
}

fn field_of_other_service_type(service: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(spec) = service.at(&["spec"]) else { return };
    let text = |name: &str| spec.text_at(&[name]).unwrap_or_default();
    let is_set = |name: &str| spec.get(name).is_some_and(says_something);
    let kind = if text("type").is_empty() { "ClusterIP" } else { text("type") };
    let (balanced, named) = (kind == "LoadBalancer", kind == "ExternalName");
    let is_headless = text("clusterIP") == "None";
    let is_reached =
        matches!(kind, "NodePort" | "LoadBalancer") || kind == "ClusterIP" && is_set("externalIPs");
    let is_local = balanced && text("externalTrafficPolicy") == "Local";
    let wrong = [
        ("loadBalancerClass", is_set("loadBalancerClass") && !balanced),
        ("loadBalancerSourceRanges", is_set("loadBalancerSourceRanges") && !balanced),
        ("allocateLoadBalancerNodePorts", is_set("allocateLoadBalancerNodePorts") && !balanced),
        ("externalTrafficPolicy", is_set("externalTrafficPolicy") && !is_reached),
        ("healthCheckNodePort", is_number(spec, "healthCheckNodePort") && !is_local),
        (
            "clusterIP",
            is_set("clusterIP") && named || is_headless && !matches!(kind, "ClusterIP" | "ExternalName"),
        ),
        ("clusterIPs", is_set("clusterIPs") && named),
        ("ipFamilies", is_set("ipFamilies") && named),
        ("ipFamilyPolicy", is_set("ipFamilyPolicy") && named),
    ];
    for (name, _) in wrong.iter().filter(|(_, is_wrong)| *is_wrong) {
        findings
            .report(service.path(&["spec", name]), format!("`{name}` is not for a Service like this one"))
            .help("remove it, or change the fields that it depends on, such as `type`");
    }
    let ports = spec.get("ports").map_or(&[][..], Node::items);
    for (index, _) in
        ports.iter().enumerate().filter(|(_, port)| kind == "ClusterIP" && is_number(port, "nodePort"))
    {
        findings
            .report(
                service.path(&["spec", "ports"]).index(index).field("nodePort"),
                "a Service of type `ClusterIP` has no port on nodes",
            )
            .help("remove `nodePort`, or set `type: NodePort`");
    }
    let lacks = if named { text("externalName").is_empty() } else { ports.is_empty() && !is_headless };
    if lacks {
        let name = if named { "externalName" } else { "ports" };
        findings
            .report(service.path(&["spec", name]), format!("a Service of type `{kind}` has no `{name}`"))
            .help(format!("set `{name}`"));
    } else if named && !Name::Subdomain.takes(text("externalName").trim_end_matches('.')) {
        findings
            .report(
                service.path(&["spec", "externalName"]),
                format!("`{}` is no host name", text("externalName")),
            )
            .help("write a DNS name in lower case, without scheme and port");
    }
}

fn is_number(node: &Node, name: &str) -> bool {
    node.get(name).and_then(Node::as_i64).is_some_and(|number| number != 0)
}

fn says_something(node: &Node) -> bool {
    match &node.value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Sequence(items) => !items.is_empty(),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Mapping(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::FIELD_OF_OTHER_SERVICE_TYPE;
    use crate::lint::testing::finds;

    #[test]
    fn each_type_has_its_own_fields() {
        let cases = [
            ("ports: [{port: 80}]", false),
            ("selector: {a: b}", true),
            ("clusterIP: None", false),
            ("type: LoadBalancer, clusterIP: None, ports: [{port: 80}]", true),
            ("type: ExternalName, externalName: db.example.com.", false),
            ("type: ExternalName", true),
            ("type: ExternalName, externalName: 'https://a'", true),
            ("externalTrafficPolicy: Local, ports: [{port: 80}]", true),
            ("externalTrafficPolicy: Local, externalIPs: [10.0.0.1], ports: [{port: 80}]", false),
            ("type: NodePort, ports: [{port: 80, nodePort: 30080}]", false),
        ];
        for (spec, expected) in cases {
            let yaml = format!("{{kind: Service, spec: {{{spec}}}}}");
            assert_eq!(finds(&FIELD_OF_OTHER_SERVICE_TYPE, &yaml), expected, "{spec}");
        }
    }
}
