use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers with a CPU limit.
    ///
    /// ## Why is this bad?
    /// A container is throttled when it reaches its limit, though the node may be idle: slow answers that nothing
    /// explains. A request is enough to share a busy node fairly. Where teams share nodes many want limits all the
    /// same: `missing-cpu-limit` is the rule of the opposite school.
    ///
    /// ## Fields
    /// `resources.limits.cpu` of containers and init containers.
    ///
    /// ## Allowed values
    /// None.
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
    ///     resources: {limits: {cpu: 500m}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {cpu: 250m}}
    /// ```
    CPU_LIMIT = {
        id: "cpu-limit",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-07"],
        look: Container(Containers::Scheduled, cpu_limit),
    }
}

fn cpu_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    if container.at(&["resources", "limits", "cpu"]).is_some() {
        let path = container.path(&["resources", "limits", "cpu"]);
        findings
            .report(path, format!("container `{}` is throttled at its CPU limit", container.name()))
            .help("leave `resources.limits.cpu` out, and request what it needs");
    }
}
