use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that may fill more of the node's disk than they request.
    ///
    /// ## Why is this bad?
    /// The scheduler counts the request alone: a node's disk may be promised more often than it is there, and Pods are
    /// evicted when it is full.
    ///
    /// ## Fields
    /// `ephemeral-storage` among `resources.requests` and `resources.limits` of containers and init containers.
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
    ///     resources: {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 4Gi}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 1Gi}}
    /// ```
    EPHEMERAL_STORAGE_REQUEST_BELOW_LIMIT = {
        id: "ephemeral-storage-request-below-limit",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-09"],
        look: Container(Containers::Scheduled, ephemeral_storage_request_below_limit),
    }
}

const STORAGE: &str = "ephemeral-storage";

fn ephemeral_storage_request_below_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    let storage = |side| container.at(&["resources", side, STORAGE]).and_then(Quantity::of);
    let (Some(request), Some(limit)) = (storage("requests"), storage("limits")) else { return };
    if request < limit {
        let (name, request, limit) = (container.name(), request.show(STORAGE), limit.show(STORAGE));
        findings
            .report(
                container.path(&["resources", "requests", STORAGE]),
                format!("container `{name}` requests `{request}` of its node's disk and may fill `{limit}`"),
            )
            .help("request as much as the limit");
    }
}
