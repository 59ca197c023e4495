use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags probes that leave their timing to Kubernetes.
    ///
    /// ## Why is this bad?
    /// Every ten seconds, one second to answer, three failures: nobody decided that this fits the program, and who
    /// reads the manifest does not see it.
    ///
    /// ## Fields
    /// `periodSeconds`, `timeoutSeconds` and `failureThreshold` of probes.
    ///
    /// ## Allowed values
    /// Any numbers, but said.
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
    ///     livenessProbe: {httpGet: {path: /health, port: 8080}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     livenessProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3}
    /// ```
    IMPLICIT_PROBE_TIMING = {
        id: "implicit-probe-timing",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["PRB-07"],
        look: Container(Containers::Lasting, implicit_probe_timing),
    }
}

fn implicit_probe_timing(container: &Container<'_>, findings: &mut Findings<'_>) {
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let Some(node) = container.at(&[probe]) else { continue };
        let unsaid = ["periodSeconds", "timeoutSeconds", "failureThreshold"];
        if let Some(field) = unsaid.into_iter().find(|field| node.get(field).is_none()) {
            findings
                .report(container.path(&[probe, field]), format!("the {probe} does not say its `{field}`"))
                .help("set `periodSeconds`, `timeoutSeconds` and `failureThreshold`");
        }
    }
}
