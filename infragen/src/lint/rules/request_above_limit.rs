use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags requests above the limit of the same resource.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `resources.requests` and `resources.limits` of containers and init containers.
    ///
    /// ## Allowed values
    /// A request up to the limit, where there is one.
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
    ///     resources: {requests: {memory: 1Gi}, limits: {memory: 1000Mi}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {cpu: 0.5, memory: 1Gi}, limits: {cpu: 500m, memory: 1024Mi}}
    /// ```
    REQUEST_ABOVE_LIMIT = {
        id: "request-above-limit",
        category: Admission,
        severity: Error,
        covers: ["RES-10", "SRV-04"],
        look: Container(Containers::Scheduled, request_above_limit),
    }
}

fn request_above_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    let Some(requests) = container.at(&["resources", "requests"]) else { return };
    for request in requests.fields() {
        let limit = container.at(&["resources", "limits", &request.name]).and_then(Quantity::of);
        let (Some(asked), Some(limit)) = (Quantity::of(&request.node), limit) else { continue };
        if asked > limit {
            let (resource, name) = (&request.name, container.name());
            let (asked, limit) = (asked.show(resource), limit.show(resource));
            findings
                .report(
                    container.path(&["resources", "requests", resource]),
                    format!(
                        "container `{name}` requests `{asked}` of `{resource}`, above its limit of `{limit}`"
                    ),
                )
                .help(format!("raise `resources.limits.{resource}` or lower the request"));
        }
    }
}
