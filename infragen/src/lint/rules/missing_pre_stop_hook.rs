use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that are called and do not wait before they stop.
    ///
    /// ## Why is this bad?
    /// A Pod is told to stop while load balancers and nodes still send it requests. A program that stops at once
    /// refuses them.
    ///
    /// ## Fields
    /// `lifecycle.preStop` of containers that declare ports, in Deployments, StatefulSets and DaemonSets.
    ///
    /// ## Allowed values
    /// Any hook; `sleep` needs no program in the image.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example/web:1.2.0", ports: [{containerPort: 8080}]}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example/web:1.2.0
    ///         ports: [{containerPort: 8080}]
    ///         lifecycle: {preStop: {sleep: {seconds: 10}}}
    /// ```
    MISSING_PRE_STOP_HOOK = {
        id: "missing-pre-stop-hook",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["LIF-01"],
        look: Container(Containers::Lasting, missing_pre_stop_hook),
    }
}

fn missing_pre_stop_hook(container: &Container<'_>, findings: &mut Findings<'_>) {
    let is_called = matches!(container.workload.kind, "Deployment" | "StatefulSet" | "DaemonSet")
        && !container.items("ports").is_empty();
    if is_called && container.at(&["lifecycle", "preStop"]).is_none() {
        findings
            .report(
                container.path(&["lifecycle", "preStop"]),
                format!("container `{}` stops while it is still called", container.name()),
            )
            .help("set `lifecycle.preStop.sleep.seconds` to the time that load balancers need");
    }
}
