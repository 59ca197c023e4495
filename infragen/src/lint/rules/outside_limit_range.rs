use crate::lint::Containers;
use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Side};
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Container, Object, Workload};
use crate::node::Node;

declare_rule! {
    /// Flags containers, Pods and claims that ask for more or less than a LimitRange allows.
    ///
    /// ## Why is this bad?
    /// The API server refuses each such Pod or claim, and the rollout hangs without one.
    ///
    /// ## Fields
    /// `spec.limits[]` of LimitRanges: `min`, `max` and `maxLimitRequestRatio` of the types `Container` and `Pod`, `min`
    /// and `max` of `PersistentVolumeClaim`. `resources` of containers and init containers, defaults included, and what
    /// they come to in one Pod; `spec.resources.requests.storage` of claims.
    ///
    /// ## Allowed values
    /// Requests and limits between both, and a limit that is at most so many times the request.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: limits}
    /// spec: {limits: [{type: Container, max: {memory: 512Mi}}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", resources: {limits: {memory: 1Gi}}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: limits}
    /// spec: {limits: [{type: Container, max: {memory: 512Mi}}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", resources: {limits: {memory: 512Mi}}}]}
    /// ```
    OUTSIDE_LIMIT_RANGE = {
        id: "outside-limit-range",
        category: Reference,
        severity: Error,
        covers: ["RES-11", "OBJ-40", "SRV-14"],
        look: Bundle(outside_limit_range),
    }
}

fn outside_limit_range(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for range in graph.of_kind("LimitRange") {
        let items = range.at(&["spec", "limits"]).map_or(&[][..], Node::items);
        for item in items.iter().filter(|item| item.text_at(&["type"]) == Some("Container")) {
            for workload in graph.workloads().iter().filter(|workload| is_bound(graph, range, workload)) {
                for container in
                    workload.containers().filter(|container| container.is_among(Containers::Scheduled))
                {
                    look_at_container(graph, range, item, &container, findings);
                }
            }
        }
        for item in items.iter().filter(|item| item.text_at(&["type"]) == Some("Pod")) {
            for workload in graph.workloads().iter().filter(|workload| is_bound(graph, range, workload)) {
                look_at_pod(graph, range, item, workload, findings);
            }
        }
        for item in items.iter().filter(|item| item.text_at(&["type"]) == Some("PersistentVolumeClaim")) {
            let claims = graph.of_kind("PersistentVolumeClaim").filter(|claim| is_bound(graph, range, claim));
            for claim in claims {
                let field = ["spec", "resources", "requests", "storage"];
                let asked = claim.at(&field).and_then(Quantity::of);
                if let Some(wrong) = asked.and_then(|asked| bounds(item, "storage").breach(asked, "storage"))
                {
                    findings
                        .report_on(
                            claim,
                            claim.path(&field),
                            format!("the claim asks for {wrong} `{}`", range.name),
                        )
                        .help("ask for an amount between `min` and `max`");
                }
            }
        }
    }
}

fn is_bound(graph: &Graph<'_>, range: &Object<'_>, object: &Object<'_>) -> bool {
    object.kind != "PodTemplate"
        && object.shares_namespace(range.namespace)
        && graph.applied_together(range, object)
}

fn look_at_container(
    graph: &Graph<'_>,
    range: &Object<'_>,
    item: &Node,
    container: &Container<'_>,
    findings: &mut Findings<'_>,
) {
    let name = container.name();
    for resource in ["cpu", "memory", "ephemeral-storage"] {
        let amount = |side| graph.asked(container, side, resource);
        let (request, limit) = (amount(Side::Requests), amount(Side::Limits));
        for (field, amount) in [("requests", request), ("limits", limit)] {
            let Some(amount) = amount else { continue };
            if let Some(wrong) = bounds(item, resource).breach(amount, resource) {
                let message =
                    format!("the {resource} that container `{name}` {field} is {wrong} `{}`", range.name);
                findings
                    .report_on(&container.workload, container.path(&["resources", field, resource]), message)
                    .help("give an amount between `min` and `max`, or widen the LimitRange");
            }
        }
        let ratio = item.at(&["maxLimitRequestRatio", resource]).and_then(Quantity::of);
        if let (Some(ratio), Some(request), Some(limit)) = (ratio, request, limit)
            && limit.is_more_than_times(request, ratio)
        {
            let (limit, request) = (limit.show(resource), request.show(resource));
            let message = format!(
                "container `{name}` limits {resource} to `{limit}`, more than `{}` times its request of `{request}`",
                ratio.show("")
            );
            findings
                .report_on(&container.workload, container.path(&["resources", "limits", resource]), message)
                .help("request more, or lower the limit");
        }
    }
}

/// Holds the sums of a Pod against a LimitRange's, as the API server's plugin does: what is bounded must be said.
fn look_at_pod(
    graph: &Graph<'_>,
    range: &Object<'_>,
    item: &Node,
    workload: &Workload<'_>,
    findings: &mut Findings<'_>,
) {
    let mut report = |message: String| {
        findings
            .report_on(workload, workload.pod_path(&["containers"]), message)
            .help("give amounts whose sum is between `min` and `max`, or change the LimitRange");
    };
    for resource in ["cpu", "memory", "ephemeral-storage"] {
        let sum = |side| {
            let mut containers = workload.containers();
            let is_said = containers.any(|container| graph.asked(&container, side, resource).is_some());
            is_said.then(|| graph.pod_demand(workload, side, resource))
        };
        let (request, limit) = (sum(Side::Requests), sum(Side::Limits));
        let Bounds { least, most } = bounds(item, resource);
        let ratio = item.at(&["maxLimitRequestRatio", resource]).and_then(Quantity::of);
        let needed = [(request, least.or(ratio), "requests"), (limit, most.or(ratio), "limits")];
        for (amount, bound, verb) in needed {
            if let (None, Some(_)) = (amount, bound) {
                report(format!(
                    "no container {verb} {resource}, and the LimitRange `{}` bounds it",
                    range.name
                ));
            }
        }
        for (amount, verb) in [(request, "request"), (limit, "limit")] {
            if let Some(wrong) = amount.and_then(|amount| bounds(item, resource).breach(amount, resource)) {
                report(format!(
                    "the {resource} that all containers {verb} together is {wrong} `{}`",
                    range.name
                ));
            }
        }
        if let (Some(ratio), Some(request), Some(limit)) = (ratio, request, limit)
            && limit.is_more_than_times(request, ratio)
        {
            let (limit, request) = (limit.show(resource), request.show(resource));
            report(format!(
                "all containers together limit {resource} to `{limit}`, more than `{}` times their request of `{request}`",
                ratio.show("")
            ));
        }
    }
}

struct Bounds {
    least: Option<Quantity>,
    most: Option<Quantity>,
}

fn bounds(item: &Node, resource: &str) -> Bounds {
    let of = |field| item.at(&[field, resource]).and_then(Quantity::of);
    Bounds { least: of("min"), most: of("max") }
}

impl Bounds {
    /// How an amount breaks them, to be followed by the name of the LimitRange.
    fn breach(&self, amount: Quantity, resource: &str) -> Option<String> {
        let shown = amount.show(resource);
        let most = self.most.filter(|most| amount > *most);
        let least = self.least.filter(|least| amount < *least);
        most.map(|most| format!("`{shown}`, more than the `{}` of the LimitRange", most.show(resource)))
            .or_else(|| {
                least.map(|least| {
                    format!("`{shown}`, less than the `{}` of the LimitRange", least.show(resource))
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::OUTSIDE_LIMIT_RANGE;
    use crate::lint::testing::messages;

    fn of(item: &str, resources: &str) -> usize {
        messages(
            &OUTSIDE_LIMIT_RANGE,
            &format!(
                "kind: LimitRange\nmetadata: {{name: l, namespace: a}}\nspec: {{limits: [{item}]}}\n---\n\
                 kind: Pod\nmetadata: {{name: p, namespace: a}}\nspec: {{containers: [{{name: c, resources: {resources}}}]}}\n---\n\
                 kind: Pod\nmetadata: {{name: p, namespace: b}}\nspec: {{containers: [{{name: c, resources: {{limits: {{cpu: 99}}}}}}]}}\n---\n\
                 kind: PersistentVolumeClaim\nmetadata: {{name: d, namespace: a}}\nspec: {{resources: {{requests: {{storage: 5Gi}}}}}}\n"
            ),
        )
        .len()
    }

    #[test]
    fn amounts_are_bounded_as_the_plugin_does() {
        let cases = [
            ("{type: Container, max: {cpu: 1}}", "{requests: {cpu: 500m}, limits: {cpu: 1}}", 0),
            ("{type: Container, max: {cpu: 1}}", "{limits: {cpu: 2}}", 2),
            ("{type: Container, max: {cpu: 1}}", "{requests: {cpu: 1}, limits: {cpu: 2}}", 1),
            ("{type: Container, max: {cpu: 1}}", "{}", 0),
            ("{type: Container, min: {cpu: 1}}", "{requests: {cpu: 500m}}", 1),
            ("{type: Container, min: {cpu: 1}}", "{}", 0),
            (
                "{type: Container, maxLimitRequestRatio: {cpu: 2}}",
                "{requests: {cpu: 1}, limits: {cpu: 2}}",
                0,
            ),
            (
                "{type: Container, maxLimitRequestRatio: {cpu: 2}}",
                "{requests: {cpu: 1}, limits: {cpu: 3}}",
                1,
            ),
            ("{type: Container, maxLimitRequestRatio: {cpu: 2}}", "{limits: {cpu: 3}}", 0),
            ("{type: Pod, max: {cpu: 2}}", "{limits: {cpu: 1}}", 0),
            ("{type: Pod, max: {cpu: 1}}", "{limits: {cpu: 2}}", 2),
            ("{type: Pod, max: {cpu: 1}}", "{}", 1),
            ("{type: Pod, min: {cpu: 1}}", "{requests: {cpu: 500m}}", 1),
            ("{type: Pod, min: {cpu: 1}}", "{}", 1),
            ("{type: Pod, maxLimitRequestRatio: {cpu: 2}}", "{requests: {cpu: 1}, limits: {cpu: 3}}", 1),
            ("{type: Pod, maxLimitRequestRatio: {cpu: 2}}", "{requests: {cpu: 1}, limits: {cpu: 2}}", 0),
            ("{type: PersistentVolumeClaim, max: {storage: 1Gi}}", "{}", 1),
            ("{type: PersistentVolumeClaim, min: {storage: 1Gi}}", "{}", 0),
        ];
        for (item, resources, count) in cases {
            assert_eq!(of(item, resources), count, "{item} {resources}");
        }
    }
}
