use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that may take more processor time than they request.
    ///
    /// ## Why is this bad?
    /// What is above the request is there when the neighbours leave it. Pods of which each container requests what it
    /// may take are the last to be evicted.
    ///
    /// ## Fields
    /// `resources.requests.cpu` and `resources.limits.cpu` of containers and init containers.
    ///
    /// ## Allowed values
    /// Equal amounts, or no limit.
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
    ///     resources: {requests: {cpu: 250m}, limits: {cpu: "1"}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {cpu: 250m}, limits: {cpu: 250m}}
    /// ```
    CPU_REQUEST_BELOW_LIMIT = {
        id: "cpu-request-below-limit",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-05"],
        look: Container(Containers::Scheduled, cpu_request_below_limit),
    }
}

fn cpu_request_below_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    let cpu = |side| container.at(&["resources", side, "cpu"]).and_then(Quantity::of);
    let (Some(request), Some(limit)) = (cpu("requests"), cpu("limits")) else { return };
    if request < limit {
        let (name, request, limit) = (container.name(), request.show("cpu"), limit.show("cpu"));
        findings
            .report(
                container.path(&["resources", "requests", "cpu"]),
                format!("container `{name}` requests `{request}` of a processor and may take `{limit}`"),
            )
            .help("request as much as the limit");
    }
}
