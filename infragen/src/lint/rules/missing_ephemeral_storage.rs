use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that do not say how much of their node's disk they use.
    ///
    /// ## Why is this bad?
    /// Logs, `emptyDir` volumes and the container's own layer fill the disk of the node; without a limit one container
    /// fills it for all.
    ///
    /// ## Fields
    /// `ephemeral-storage` among `resources.requests` and `resources.limits` of containers and init containers.
    ///
    /// ## Allowed values
    /// Any quantity as the limit, which is the request too where there is none.
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
    ///     resources: {limits: {memory: 256Mi}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {limits: {memory: 256Mi, ephemeral-storage: 1Gi}}
    /// ```
    MISSING_EPHEMERAL_STORAGE = {
        id: "missing-ephemeral-storage",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-08"],
        look: Container(Containers::Scheduled, missing_ephemeral_storage),
    }
}

fn missing_ephemeral_storage(container: &Container<'_>, findings: &mut Findings<'_>) {
    let limit = ["resources", "limits", "ephemeral-storage"];
    if container.at(&limit).is_none() {
        let name = container.name();
        findings
            .report(container.path(&limit), format!("container `{name}` has no limit of ephemeral storage"))
            .help("set `resources.limits.ephemeral-storage`");
    }
}
