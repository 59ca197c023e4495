use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers without a memory request, and without a limit that stands in for one.
    ///
    /// ## Why is this bad?
    /// The scheduler counts such a container as nothing, puts it on a node that is full, and the kubelet evicts it
    /// first.
    ///
    /// ## Fields
    /// `resources.requests.memory` and `resources.limits.memory` of containers and init containers.
    ///
    /// ## Allowed values
    /// Any quantity. A limit alone is a request too.
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
    ///     resources: {requests: {memory: 256Mi}}
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
    MISSING_MEMORY_REQUEST = {
        id: "missing-memory-request",
        category: Practice,
        severity: Warning,
        covers: ["RES-03"],
        look: Container(Containers::Scheduled, missing_memory_request),
    }
}

fn missing_memory_request(container: &Container<'_>, findings: &mut Findings<'_>) {
    let says = |side| container.at(&["resources", side, "memory"]).is_some();
    if !says("requests") && !says("limits") {
        let path = container.path(&["resources", "requests", "memory"]);
        findings
            .report(path, format!("container `{}` has no memory request", container.name()))
            .help("set `resources.requests.memory` to what it usually takes");
    }
}
