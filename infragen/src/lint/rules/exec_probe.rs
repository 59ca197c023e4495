use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags probes that run a command in the container.
    ///
    /// ## Why is this bad?
    /// The command must be in the image, and stay there: an image without a shell or `curl` lets it fail for ever. Each
    /// run starts a process in the container, within its limits, and leaves what it does not reap. Where the program
    /// can only be asked by a command of its own, as databases can, it is right: therefore the rule is optional.
    ///
    /// ## Fields
    /// `exec` of `livenessProbe`, `readinessProbe` and `startupProbe` of containers that go on running.
    ///
    /// ## Allowed values
    /// `httpGet`, `tcpSocket` or `grpc`.
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
    ///     livenessProbe: {exec: {command: [curl, localhost]}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     livenessProbe: {httpGet: {path: /healthz, port: 8080}}
    /// ```
    EXEC_PROBE = {
        id: "exec-probe",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["PRB-09"],
        look: Container(Containers::Lasting, exec_probe),
    }
}

fn exec_probe(container: &Container<'_>, findings: &mut Findings<'_>) {
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if container.at(&[probe, "exec"]).is_some() {
            findings
                .report(
                    container.path(&[probe, "exec"]),
                    format!("the `{probe}` of container `{}` runs a command", container.name()),
                )
                .help("use `httpGet`, `tcpSocket` or `grpc`");
        }
    }
}
