use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers without a liveness probe.
    ///
    /// ## Why is this bad?
    /// A program that hangs stays as it is until somebody looks. A program that ends when it cannot go on needs none,
    /// and a careless probe does more harm than good: therefore it is optional.
    ///
    /// ## Fields
    /// `livenessProbe` of containers of Deployments, StatefulSets and DaemonSets.
    ///
    /// ## Allowed values
    /// Any probe.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example/web:1.2.0"}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example/web:1.2.0", livenessProbe: {httpGet: {path: /healthz, port: 8080}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: []
    /// ```
    MISSING_LIVENESS_PROBE = {
        id: "missing-liveness-probe",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["PRB-01"],
        look: Container(Containers::Lasting, missing_liveness_probe),
    }
}

fn missing_liveness_probe(container: &Container<'_>, findings: &mut Findings<'_>) {
    let is_served = matches!(container.workload.kind, "Deployment" | "StatefulSet" | "DaemonSet");
    if is_served && container.at(&["livenessProbe"]).is_none() {
        findings
            .report(
                container.path(&["livenessProbe"]),
                format!("container `{}` has no liveness probe", container.name()),
            )
            .help("set `livenessProbe`, to something that fails only when a restart would help");
    }
}
