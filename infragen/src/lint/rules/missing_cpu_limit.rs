use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers without a CPU limit.
    ///
    /// ## Why is this bad?
    /// Where nodes are shared between teams, a container without one can take all the time that nobody has requested,
    /// and nobody knows how it behaves without. Many prefer it so: `cpu-limit` is the rule of the opposite school.
    ///
    /// ## Fields
    /// `resources.limits.cpu` of containers and init containers.
    ///
    /// ## Allowed values
    /// Any quantity.
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
    ///     resources: {requests: {cpu: 250m}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {limits: {cpu: 500m}}
    /// ```
    MISSING_CPU_LIMIT = {
        id: "missing-cpu-limit",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-02"],
        look: Container(Containers::Scheduled, missing_cpu_limit),
    }
}

fn missing_cpu_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    if container.at(&["resources", "limits", "cpu"]).is_none() {
        let path = container.path(&["resources", "limits", "cpu"]);
        findings
            .report(path, format!("container `{}` has no CPU limit", container.name()))
            .help("set `resources.limits.cpu`");
    }
}
