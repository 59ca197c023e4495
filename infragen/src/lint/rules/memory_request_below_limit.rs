use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that may take more memory than they request.
    ///
    /// ## Why is this bad?
    /// Such memory is promised twice. When all take what they may, the node runs out, and containers are killed that
    /// did nothing wrong.
    ///
    /// ## Fields
    /// `resources.requests.memory` and `resources.limits.memory` of containers and init containers.
    ///
    /// ## Allowed values
    /// The same quantity for both, or a limit alone.
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
    ///     resources: {requests: {memory: 256Mi}, limits: {memory: 512Mi}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {memory: 0.5Gi}, limits: {memory: 512Mi}}
    /// ```
    MEMORY_REQUEST_BELOW_LIMIT = {
        id: "memory-request-below-limit",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-06"],
        look: Container(Containers::Scheduled, memory_request_below_limit),
    }
}

fn memory_request_below_limit(container: &Container<'_>, findings: &mut Findings<'_>) {
    let memory = |side| container.at(&["resources", side, "memory"]).and_then(Quantity::of);
    let (Some(request), Some(limit)) = (memory("requests"), memory("limits")) else { return };
    if request < limit {
        let (name, request, limit) = (container.name(), request.show("memory"), limit.show("memory"));
        findings
            .report(
                container.path(&["resources", "requests", "memory"]),
                format!("container `{name}` requests `{request}` of memory and may take `{limit}`"),
            )
            .help("request as much as the limit");
    }
}

#[cfg(test)]
mod tests {
    use super::MEMORY_REQUEST_BELOW_LIMIT;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("resources: {requests: {memory: 1Gi}, limits: {memory: 1025Mi}}", true),
            ("resources: {requests: {memory: 1Gi}, limits: {memory: 1024Mi}}", false),
            ("resources: {limits: {memory: 1Gi}}", false),
            ("resources: {requests: {memory: 1Gi}}", false),
            ("resources: {requests: {cpu: 1}, limits: {cpu: 2}}", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&MEMORY_REQUEST_BELOW_LIMIT, &yaml), expected, "{case}");
        }
    }
}
