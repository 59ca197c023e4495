use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Side};
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags quotas that are smaller than what the namespace's workloads may come to ask for.
    ///
    /// ## Why is this bad?
    /// All is well until the day of the greatest load: then the autoscaler asks for more Pods, or a rollout for its
    /// surge, and the API server refuses them.
    ///
    /// ## Fields
    /// `spec.hard` of ResourceQuotas without scopes: `pods`, `count/pods`, and requests and limits of `cpu`, `memory`
    /// and `ephemeral-storage`. They are held against the sum over all workloads of the namespace, each scaled out to
    /// its autoscaler's `maxReplicas` and rolling out with its `maxSurge`; LimitRanges' defaults count.
    ///
    /// ## Allowed values
    /// At least that sum.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec: {hard: {requests.cpu: "1"}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 4
    ///   template: {spec: {containers: [{name: web, resources: {requests: {cpu: 250m}}}]}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec: {hard: {requests.cpu: 1250m}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 4
    ///   template: {spec: {containers: [{name: web, resources: {requests: {cpu: 250m}}}]}}
    /// ```
    QUOTA_TOO_SMALL = {
        id: "quota-too-small",
        category: Reference,
        severity: Error,
        covers: ["HPA-08", "OBJ-38"],
        look: Bundle(quota_too_small),
    }
}

fn quota_too_small(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for quota in graph.of_kind("ResourceQuota") {
        let has_scope = ["scopes", "scopeSelector"].iter().any(|field| quota.at(&["spec", field]).is_some());
        let hard = quota.at(&["spec", "hard"]).filter(|_| !has_scope).map_or(&[][..], Node::fields);
        for field in hard {
            let name = &field.name;
            let (Some(allowed), Some(asked)) = (Quantity::of(&field.node), asked(graph, quota, name)) else {
                continue;
            };
            if asked > allowed {
                let (allowed, asked) = (allowed.show(name), asked.show(name));
                let message =
                    format!("`{name}` allows `{allowed}`, and the workloads may come to ask for `{asked}`");
                findings.report_on(quota, quota.path(&["spec", "hard", name]), message).help(format!(
                    "allow at least `{asked}`, or ask for less: fewer replicas, less surge, smaller Pods"
                ));
            }
        }
    }
}

/// The most that all workloads of the quota's namespace ask for, of what one of its keys counts.
fn asked(graph: &Graph<'_>, quota: &Object<'_>, key: &str) -> Option<Quantity> {
    let counted = counted(key)?;
    let workloads = graph.workloads().iter().filter(|workload| workload.shares_namespace(quota.namespace));
    let each = workloads.filter_map(|workload| {
        let pods = graph.most_pods(workload)?;
        Some(match counted {
            Counted::Pods => Quantity::units(pods),
            Counted::Resource(side, resource) => graph.pod_demand(workload, side, resource).times(pods),
        })
    });
    Some(each.fold(Quantity::default(), Quantity::plus))
}

enum Counted<'k> {
    Pods,
    Resource(Side, &'k str),
}

fn counted(key: &str) -> Option<Counted<'_>> {
    let (side, resource) = match key.split_once('.') {
        _ if matches!(key, "pods" | "count/pods") => return Some(Counted::Pods),
        Some(("limits", resource)) => (Side::Limits, resource),
        Some(("requests", resource)) => (Side::Requests, resource),
        _ => (Side::Requests, key),
    };
    matches!(resource, "cpu" | "memory" | "ephemeral-storage").then_some(Counted::Resource(side, resource))
}

#[cfg(test)]
mod tests {
    use super::QUOTA_TOO_SMALL;
    use crate::lint::testing::messages;

    /// What is said of a quota of nothing of `key`, beside these documents: the sum, in other words.
    fn sum(key: &str, documents: &str) -> Option<String> {
        let quota = format!(
            "kind: ResourceQuota\nmetadata: {{name: q, namespace: a}}\nspec: {{hard: {{{key}: 0}}}}\n"
        );
        let said = messages(&QUOTA_TOO_SMALL, &format!("{quota}---\n{documents}")).pop()?;
        Some(said.rsplit('`').nth(1)?.to_owned())
    }

    fn deployment(spec: &str, pod: &str) -> String {
        format!(
            "kind: Deployment\nmetadata: {{name: a, namespace: a}}\nspec: {{{spec} template: {{spec: {pod}}}}}\n"
        )
    }

    #[test]
    fn pods_are_counted_scaled_out_and_rolling_out() {
        let cases = [
            ("replicas: 4,", "5"),
            ("replicas: 5,", "7"),
            ("replicas: 4, strategy: {rollingUpdate: {maxSurge: 0}},", "4"),
            ("replicas: 4, strategy: {rollingUpdate: {maxSurge: 100%}},", "8"),
            ("replicas: 4, strategy: {type: Recreate},", "4"),
            ("", "2"),
        ];
        for (spec, pods) in cases {
            assert_eq!(sum("pods", &deployment(spec, "{}")).as_deref(), Some(pods), "{spec}");
        }
        let scaled = deployment("replicas: 2,", "{}")
            + "---\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: a}\n\
               spec: {maxReplicas: 10, scaleTargetRef: {kind: Deployment, name: a}}\n";
        assert_eq!(sum("count/pods", &scaled).as_deref(), Some("13"));
    }

    #[test]
    fn a_pod_is_counted_as_the_scheduler_does() {
        let amount = |cpu: &str| format!("resources: {{requests: {{cpu: {cpu}}}}}");
        let (one, two, five) = (amount("100m"), amount("200m"), amount("500m"));
        let cases = [
            (format!("{{containers: [{{{one}}}, {{{two}}}]}}"), "300m"),
            (format!("{{initContainers: [{{{five}}}], containers: [{{{one}}}]}}"), "500m"),
            (format!("{{initContainers: [{{{one}}}], containers: [{{{five}}}]}}"), "500m"),
            (
                format!("{{initContainers: [{{restartPolicy: Always, {one}}}], containers: [{{{five}}}]}}"),
                "600m",
            ),
            (
                format!("{{initContainers: [{{restartPolicy: Always, {one}}}, {{{five}}}], containers: []}}"),
                "600m",
            ),
            (format!("{{overhead: {{cpu: 10m}}, containers: [{{{one}}}]}}"), "110m"),
            ("{containers: [{resources: {limits: {cpu: 50m}}}]}".to_owned(), "50m"),
        ];
        for (pod, cpu) in cases {
            let yaml = deployment("strategy: {type: Recreate},", &pod);
            assert_eq!(sum("requests.cpu", &yaml).as_deref(), Some(cpu), "{pod}");
            assert_eq!(sum("cpu", &yaml).as_deref(), Some(cpu), "{pod}");
        }
    }

    #[test]
    fn defaults_of_a_limit_range_count() {
        let yaml = deployment("strategy: {type: Recreate},", "{containers: [{}]}")
            + "---\nkind: LimitRange\nmetadata: {name: l, namespace: a}\n\
               spec: {limits: [{type: Container, default: {memory: 512Mi}, defaultRequest: {memory: 256Mi}}]}\n";
        assert_eq!(sum("requests.memory", &yaml).as_deref(), Some("256Mi"));
        assert_eq!(sum("limits.memory", &yaml).as_deref(), Some("512Mi"));
    }

    #[test]
    fn what_the_quota_does_not_count_is_left_out() {
        let elsewhere = deployment("", "{}").replace("namespace: a", "namespace: b");
        assert_eq!(sum("pods", &elsewhere), None);
        assert_eq!(sum("requests.storage", &deployment("", "{}")), None);
        let daemons = "kind: DaemonSet\nmetadata: {name: d, namespace: a}\nspec: {template: {}}\n";
        assert_eq!(sum("pods", daemons), None, "nobody says how many nodes there are");
        let facts = "---\napiVersion: infragen.dev/v1\nkind: Facts\ncapacity: {nodes: 3}\n";
        assert_eq!(sum("pods", &format!("{daemons}{facts}")).as_deref(), Some("3"));
    }
}
