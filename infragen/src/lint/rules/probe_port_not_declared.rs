use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags probes of a port number that their container does not declare, where it declares any.
    ///
    /// ## Why is this bad?
    /// It works while the number is right. Mostly it is what remained when the port was changed elsewhere: use the
    /// port's name, which fails at once.
    ///
    /// ## Fields
    /// `httpGet.port`, `tcpSocket.port` and `grpc.port` of `livenessProbe`, `readinessProbe`, `startupProbe`,
    /// `lifecycle.postStart` and `lifecycle.preStop`, of containers that go on running.
    ///
    /// ## Allowed values
    /// The number or the name of one of the container's own `ports`.
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
    ///     ports: [{name: http, containerPort: 8080}]
    ///     livenessProbe: {tcpSocket: {port: 80}}
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
    ///     livenessProbe: {tcpSocket: {port: 8080}}
    /// ```
    PROBE_PORT_NOT_DECLARED = {
        id: "probe-port-not-declared",
        category: Practice,
        severity: Warning,
        covers: ["PRB-04", "PRB-05", "PRB-06", "OBJ-36"],
        look: Container(Containers::Lasting, probe_port_not_declared),
    }
}

fn probe_port_not_declared(container: &Container<'_>, findings: &mut Findings<'_>) {
    let declared = container.items("ports");
    for (path, port) in container.probed_ports() {
        let Some(number) = port.as_i64() else { continue };
        let is_declared = |port: &crate::node::Node| {
            port.get("containerPort").and_then(|port| port.as_i64()) == Some(number)
        };
        if !declared.is_empty() && !declared.iter().any(is_declared) {
            findings
                .report(
                    path,
                    format!("container `{}` does not declare the port `{number}`", container.name()),
                )
                .help("probe one of the container's `ports`, best by its name");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PROBE_PORT_NOT_DECLARED;
    use crate::lint::testing::finds;

    #[test]
    fn a_number_is_held_against_the_declared_ports() {
        let cases = [
            ("ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 81}}", true),
            ("ports: [{containerPort: 80}], startupProbe: {grpc: {port: 81}}", true),
            ("ports: [{containerPort: 80}], lifecycle: {preStop: {httpGet: {port: 81}}}", true),
            ("ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 80}}", false),
            ("ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: http}}", false),
            (
                "ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 81, host: example.com}}",
                false,
            ),
            ("livenessProbe: {tcpSocket: {port: 81}}", false),
        ];
        for (fields, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, {fields}}}]}}");
            assert_eq!(finds(&PROBE_PORT_NOT_DECLARED, &yaml), expected, "{fields}");
        }
    }
}
