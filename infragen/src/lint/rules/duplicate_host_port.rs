use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Container, ContainerList, Workload};
use crate::node::Node;

declare_rule! {
    /// Flags ports of the node that a Pod takes twice, or under another number than the container's in the node's network.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `ports[].hostPort` of containers.
    ///
    /// ## Allowed values
    /// Each number once with each protocol and address; with `hostNetwork`, the container's own.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 81}]}
    /// ```
    DUPLICATE_HOST_PORT = {
        id: "duplicate-host-port",
        category: Admission,
        severity: Error,
        look: Workload(&[], duplicate_host_port),
    }
}

/// Protocol, address and number.
type Key<'a> = (&'a str, &'a str, i64);

fn duplicate_host_port(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let in_nodes_network = workload.pod(&["hostNetwork"]).and_then(Node::as_bool) == Some(true);
    let shares_all = in_nodes_network && workload.kind == "Pod";
    let mut taken: Vec<Key<'_>> = Vec::new();
    for container in workload.containers() {
        let mut own: Vec<Key<'_>> = Vec::new();
        for (index, port) in container.items("ports").iter().enumerate() {
            let given = port.get("hostPort").and_then(Node::as_i64);
            let inner = port.get("containerPort").and_then(Node::as_i64);
            let path = || container.path(&["ports"]).index(index).field("hostPort");
            let is_main = container.list == ContainerList::Main;
            let is_other = given.is_some_and(|given| given != 0 && Some(given) != inner);
            if in_nodes_network && is_main && is_other {
                findings
                    .report(path(), "in the node's network a container has no port of another number")
                    .help("set it to `containerPort`, or remove it");
            }
            // In the node's network each port of a container is the node's; a template says so only in the Pods that it makes.
            let Some(number) = given.or(inner.filter(|_| shares_all)).filter(|number| *number != 0) else {
                continue;
            };
            let text = |name: &str, default| port.text_at(&[name]).unwrap_or(default);
            let key = (text("protocol", "TCP"), text("hostIP", ""), number);
            let known = if container.list == ContainerList::Main { &mut taken } else { &mut own };
            if known.contains(&key) {
                report(&container, findings, path(), key);
            }
            known.push(key);
        }
    }
}

fn report(
    container: &Container<'_>,
    findings: &mut Findings<'_>,
    path: crate::node::FieldPath,
    key: Key<'_>,
) {
    findings
        .report(
            path,
            format!("container `{}` takes the node's port `{}/{}` once more", container.name(), key.2, key.0),
        )
        .help("remove `hostPort`, or change its number");
}
