use crate::lint::Containers;
use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Side};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags containers that do not say how much they use of what a quota counts.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: `must specify limits.memory`.
    ///
    /// ## Fields
    /// `spec.hard` of ResourceQuotas without scopes: requests and limits of `cpu` and `memory`. `resources` of
    /// containers and init containers, or of the whole Pod; defaults of LimitRanges count.
    ///
    /// ## Allowed values
    /// An amount in each of these containers for each resource that is counted.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec: {hard: {limits.memory: 4Gi}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", resources: {requests: {memory: 64Mi}}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec: {hard: {limits.memory: 4Gi}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", resources: {limits: {memory: 64Mi}}}]}
    /// ```
    MISSING_AMOUNT_UNDER_QUOTA = {
        id: "missing-amount-under-quota",
        category: Reference,
        severity: Error,
        covers: ["OBJ-39", "SRV-13"],
        look: Bundle(missing_amount_under_quota),
    }
}

fn missing_amount_under_quota(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for quota in graph.of_kind("ResourceQuota") {
        let has_scope = ["scopes", "scopeSelector"].iter().any(|field| quota.at(&["spec", field]).is_some());
        let hard = quota.at(&["spec", "hard"]).filter(|_| !has_scope).map_or(&[][..], Node::fields);
        let counted: Vec<_> = hard.iter().filter_map(|field| counted(&field.name)).collect();
        let workloads = graph.workloads().iter().filter(|workload| {
            workload.kind != "PodTemplate"
                && workload.shares_namespace(quota.namespace)
                && graph.applied_together(quota, workload)
                && workload.pod(&["resources"]).is_none()
        });
        let containers = workloads.flat_map(|workload| workload.containers());
        for container in containers.filter(|container| container.is_among(Containers::Scheduled)) {
            for (side, field, resource) in &counted {
                if graph.asked(&container, *side, resource).is_none() {
                    let message = format!(
                        "container `{}` has no `{field}.{resource}`, which the ResourceQuota `{}` counts",
                        container.name(),
                        quota.name
                    );
                    findings
                        .report_on(
                            &container.workload,
                            container.path(&["resources", field, resource]),
                            message,
                        )
                        .help(format!(
                            "set `resources.{field}.{resource}`, or give a default by a LimitRange"
                        ));
                }
            }
        }
    }
}

/// What a key of a quota counts, if each container must say it.
fn counted(key: &str) -> Option<(Side, &'static str, &str)> {
    let (side, field, resource) = match key.split_once('.') {
        Some(("limits", resource)) => (Side::Limits, "limits", resource),
        Some(("requests", resource)) => (Side::Requests, "requests", resource),
        _ => (Side::Requests, "requests", key),
    };
    matches!(resource, "cpu" | "memory").then_some((side, field, resource))
}

#[cfg(test)]
mod tests {
    use super::MISSING_AMOUNT_UNDER_QUOTA;
    use crate::lint::testing::messages;

    fn of(quota: &str, pod: &str, more: &str) -> usize {
        messages(
            &MISSING_AMOUNT_UNDER_QUOTA,
            &format!(
                "kind: ResourceQuota\nmetadata: {{name: q}}\nspec: {quota}\n---\nkind: Pod\nmetadata: {{name: p}}\nspec: {pod}\n---\n{more}"
            ),
        )
        .len()
    }

    #[test]
    fn what_a_quota_counts_must_be_said() {
        let empty = "{containers: [{name: c}]}";
        let cases = [
            ("{hard: {requests.cpu: 1}}", empty, 1),
            ("{hard: {cpu: 1, limits.memory: 1}}", empty, 2),
            ("{hard: {pods: 1, requests.storage: 1}}", empty, 0),
            ("{hard: {requests.cpu: 1}, scopes: [BestEffort]}", empty, 0),
            ("{hard: {requests.cpu: 1}}", "{containers: [{resources: {limits: {cpu: 1}}}]}", 0),
            ("{hard: {requests.cpu: 1}}", "{initContainers: [{name: i}]}", 1),
            ("{hard: {requests.cpu: 1}}", "{resources: {requests: {cpu: 1}}, containers: [{name: c}]}", 0),
        ];
        for (quota, pod, count) in cases {
            assert_eq!(of(quota, pod, "{}"), count, "{quota} {pod}");
        }
        let range = "kind: LimitRange\nspec: {limits: [{type: Container, default: {cpu: 1}}]}";
        assert_eq!(of("{hard: {requests.cpu: 1}}", empty, range), 0);
    }
}
