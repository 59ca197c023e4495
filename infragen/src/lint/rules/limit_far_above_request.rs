use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that may take ten times as much as they request.
    ///
    /// ## Why is this bad?
    /// A node is filled by requests. Where limits are far above them, a busy hour makes every container slow, or has
    /// the kernel kill some for want of memory.
    ///
    /// ## Fields
    /// `cpu` and `memory` among `resources.requests` and `resources.limits` of containers and init containers.
    ///
    /// ## Allowed values
    /// A limit of at most ten times the request. A LimitRange with `maxLimitRequestRatio` asks for less.
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
    ///     resources: {requests: {memory: 64Mi}, limits: {memory: 1Gi}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {memory: 256Mi}, limits: {memory: 1Gi}}
    /// ```
    LIMIT_FAR_ABOVE_REQUEST = {
        id: "limit-far-above-request",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-11"],
        look: Container(Containers::Scheduled, limit_far_above_request),
    }
}

/// How often the request may go into the limit.
const MOST: u64 = 10;

fn limit_far_above_request(container: &Container<'_>, findings: &mut Findings<'_>) {
    for resource in ["cpu", "memory"] {
        let amount = |side| container.at(&["resources", side, resource]).and_then(Quantity::of);
        let (Some(request), Some(limit)) = (amount("requests"), amount("limits")) else { continue };
        if limit > request.times(MOST) {
            let (name, request, limit) = (container.name(), request.show(resource), limit.show(resource));
            findings
                .report(
                    container.path(&["resources", "limits", resource]),
                    format!("container `{name}` requests `{request}` of {resource} and may take `{limit}`"),
                )
                .help("request what it takes on a usual day");
        }
    }
}
