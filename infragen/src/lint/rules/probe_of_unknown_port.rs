use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags probes and hooks that name a port which their container does not have.
    ///
    /// ## Why is this bad?
    /// The kubelet cannot resolve the name, so that the probe always fails: the container is never ready, or is started
    /// again and again.
    ///
    /// ## Fields
    /// `httpGet.port` and `tcpSocket.port` of `livenessProbe`, `readinessProbe`, `startupProbe`, `lifecycle.postStart`
    /// and `lifecycle.preStop`, of containers that go on running.
    ///
    /// ## Allowed values
    /// The name of one of the container's own `ports`, or a number.
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
    ///     ports: [{name: web, containerPort: 8080}]
    ///     readinessProbe: {httpGet: {path: /ready, port: http}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{name: http, containerPort: 8080}]
    ///     readinessProbe: {httpGet: {path: /ready, port: http}}
    /// ```
    PROBE_OF_UNKNOWN_PORT = {
        id: "probe-of-unknown-port",
        category: Reference,
        severity: Error,
        covers: ["PRB-04", "PRB-05", "PRB-06", "OBJ-36"],
        look: Container(Containers::Lasting, probe_of_unknown_port),
    }
}

fn probe_of_unknown_port(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (path, port) in container.probed_ports() {
        let Some(name) = port.as_str() else { continue };
        let is_known = container.items("ports").iter().any(|port| port.text_at(&["name"]) == Some(name));
        if !is_known && name.parse::<u16>().is_err() {
            findings
                .report(path, format!("container `{}` has no port named `{name}`", container.name()))
                .help("name one of the container's `ports`, or add this one");
        }
    }
}
