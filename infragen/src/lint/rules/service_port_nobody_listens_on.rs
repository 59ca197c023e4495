use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, PortTarget};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags ports of Services that lead to a port which no container of the selected Pods declares.
    ///
    /// ## Why is this bad?
    /// Connections to that port are refused, unless the program listens there without saying so. Of a headless Service
    /// the port is told to whoever asks the cluster's name server for it.
    ///
    /// ## Fields
    /// `spec.ports[].targetPort` of Services, or `port` where there is none; a name too, of a headless Service.
    /// `ports[]` of containers that go on running, sidecars among them.
    ///
    /// ## Allowed values
    /// A port that a container of at least one selected workload declares, with the same protocol; any number, where
    /// one of the workloads declares no port at all.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8081}]}
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
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", ports: [{name: http, containerPort: 8080}]}]}
    /// ```
    SERVICE_PORT_NOBODY_LISTENS_ON = {
        id: "service-port-nobody-listens-on",
        category: Reference,
        severity: Warning,
        covers: ["NET-02", "OBJ-02"],
        look: Bundle(service_port_nobody_listens_on),
    }
}

fn service_port_nobody_listens_on(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for service in graph.of_kind("Service").filter(|service| !service.is_alias()) {
        let pods = graph.behind(service);
        if pods.is_empty() || pods.iter().any(|workload| workload.listeners().next().is_none()) {
            continue;
        }
        for port in service.service_ports() {
            let Some(target) = port.target else { continue };
            let is_anothers = matches!(target, PortTarget::Name(_)) && !service.is_headless();
            if is_anothers || pods.iter().any(|workload| workload.listens_on(target, port.protocol)) {
                continue;
            }
            let path = service.path(&["spec", "ports"]).index(port.index).field("targetPort");
            let message =
                format!("no container of the selected Pods declares the port `{target}/{}`", port.protocol);
            let declared = pods.iter().flat_map(|workload| workload.listeners());
            let declared: Vec<_> =
                declared.map(|listener| format!("`{}/{}`", listener.number, listener.protocol)).collect();
            findings.report_on(service, path, message).help(format!(
                "they declare {}; lead to one of these, or declare this one",
                declared.join(", ")
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SERVICE_PORT_NOBODY_LISTENS_ON;
    use crate::lint::testing::finds;

    fn of(service: &str, pods: &str) -> bool {
        finds(
            &SERVICE_PORT_NOBODY_LISTENS_ON,
            &format!("kind: Service\nmetadata: {{name: s}}\nspec: {service}\n---\n{pods}"),
        )
    }

    fn pod(name: &str, ports: &str) -> String {
        format!(
            "kind: Pod\nmetadata: {{name: {name}, labels: {{app: web}}}}\n\
             spec: {{containers: [{{name: a, ports: [{ports}]}}]}}\n---\n"
        )
    }

    #[test]
    fn a_number_is_held_against_what_is_declared() {
        let web = pod("a", "{containerPort: 80}");
        let cases = [
            ("{selector: {app: web}, ports: [{port: 80}]}", web.clone(), false),
            ("{selector: {app: web}, ports: [{port: 81}]}", web.clone(), true),
            ("{selector: {app: web}, ports: [{port: 80, protocol: UDP}]}", web.clone(), true),
            ("{selector: {app: web}, ports: [{port: 81, targetPort: http}]}", web.clone(), false),
            (
                "{selector: {app: web}, clusterIP: None, ports: [{port: 81, targetPort: http}]}",
                web.clone(),
                true,
            ),
            ("{ports: [{port: 81}]}", web.clone(), false),
            ("{selector: {app: web}, ports: [{port: 81}]}", pod("a", ""), false),
            ("{selector: {app: web}, ports: [{port: 81}]}", web.clone() + &pod("b", ""), false),
            ("{selector: {app: web}, ports: [{port: 81}]}", web + &pod("b", "{containerPort: 81}"), false),
        ];
        for (service, pods, expected) in cases {
            assert_eq!(of(service, &pods), expected, "{service} {pods}");
        }
    }
}
