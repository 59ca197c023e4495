use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags containers that take a port of their node.
    ///
    /// ## Why is this bad?
    /// It is open to whoever reaches the node, past Services and most network policies, and only one Pod of a kind fits
    /// on each node. Control `hostPorts` of the Pod Security level `baseline`, and so of `restricted`.
    ///
    /// ## Fields
    /// `ports[*].hostPort` of all containers.
    ///
    /// ## Allowed values
    /// `0`, or none.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", ports: [{containerPort: 8080, hostPort: 8080}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", ports: [{containerPort: 8080}]}
    /// ```
    HOST_PORT_TAKEN = {
        id: "host-port-taken",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-25", "hostPorts"],
        look: Control(Control::baseline(), host_port_taken),
    }
}

fn host_port_taken(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for container in pod.containers() {
        for (index, port) in container.items("ports").iter().enumerate() {
            if let Some(number) = port.get("hostPort").and_then(Node::as_i64).filter(|number| *number != 0) {
                findings
                    .report(
                        container.path(&["ports"]).index(index).field("hostPort"),
                        format!("container `{}` takes the port {number} of its node", container.name()),
                    )
                    .help("remove `hostPort`, and reach the Pod by a Service");
            }
        }
    }
}
