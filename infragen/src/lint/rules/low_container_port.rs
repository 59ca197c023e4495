use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags containers that listen on a port below 1024.
    ///
    /// ## Why is this bad?
    /// A program that does not run as root binds such a port only where the node or a capability lets it.
    ///
    /// ## Fields
    /// `ports[].containerPort` of containers.
    ///
    /// ## Allowed values
    /// 1024 and above; a Service may have any port in front of it.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{containerPort: 80}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{containerPort: 8080}]
    /// ```
    LOW_CONTAINER_PORT = {
        id: "low-container-port",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["NET-08"],
        look: Container(Containers::Lasting, low_container_port),
    }
}

fn low_container_port(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (index, port) in container.items("ports").iter().enumerate() {
        let Some(number) = port.get("containerPort").and_then(Node::as_i64) else { continue };
        if (1..1024).contains(&number) {
            findings
                .report(
                    container.path(&["ports"]).index(index).field("containerPort"),
                    format!("container `{}` listens on the port `{number}`", container.name()),
                )
                .help("listen on a port from 1024");
        }
    }
}
