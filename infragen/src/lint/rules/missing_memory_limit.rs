use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers without a memory limit.
    ///
    /// ## Why is this bad?
    /// A container without one may take all memory of its node; the kernel then kills others, of other teams too.
    ///
    /// ## Fields
    /// `resources.limits.memory` of containers and init containers. Ephemeral containers cannot have limits.
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
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {limits: {memory: 256Mi}}
    /// ```
    MISSING_MEMORY_LIMIT = {
        id: "missing-memory-limit",
        category: Practice,
        severity: Warning,
        covers: ["RES-04"],
        look: Container(Containers::Scheduled, missing_memory_limit),
    }
}

fn missing_memory_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    if container.at(&["resources", "limits", "memory"]).is_none() {
        let path = container.path(&["resources", "limits", "memory"]);
        findings
            .report(path, format!("container `{}` has no memory limit", container.name()))
            .help("set `resources.limits.memory`");
    }
}
