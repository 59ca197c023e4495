use crate::lint::Containers;
use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Side};
use crate::lint::rule::declare_rule;
use crate::lint::view::{Container, Object};
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags autoscalers that go by the utilization of something which a container does not request.
    ///
    /// ## Why is this bad?
    /// Utilization is a share of what was requested. Where one container of the Pod requests nothing there is no share,
    /// and the autoscaler does nothing at all: `FailedGetResourceMetric`.
    ///
    /// ## Fields
    /// `spec.metrics[]` of the types `Resource` and `ContainerResource` with `averageUtilization`; `resources` of the
    /// target's containers that go on running, sidecars among them; defaults of LimitRanges count, and so do
    /// `resources` of the whole Pod.
    ///
    /// ## Allowed values
    /// A request of each such container, or a limit, which becomes the request; or a metric with `averageValue`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    ///   metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, resources: {requests: {memory: 64Mi}}}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    ///   metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, resources: {requests: {cpu: 100m}}}]}}}
    /// ```
    AUTOSCALER_METRIC_WITHOUT_REQUEST = {
        id: "autoscaler-metric-without-request",
        category: Reference,
        severity: Error,
        covers: ["OBJ-20"],
        look: Bundle(autoscaler_metric_without_request),
    }
}

fn autoscaler_metric_without_request(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for autoscaler in graph.of_kind("HorizontalPodAutoscaler") {
        let Some(workload) = graph.scaled(autoscaler) else { continue };
        if workload.pod(&["resources"]).is_some() {
            continue;
        }
        for Shared { resource, only, path } in shares(autoscaler) {
            let lacks = |container: &Container<'_>| {
                container.is_among(Containers::Lasting)
                    && only.is_none_or(|only| container.name() == only)
                    && graph.asked(container, Side::Requests, resource).is_none()
            };
            if let Some(container) = workload.containers().find(lacks) {
                let name = container.name();
                let message = format!(
                    "container `{name}` of `{}/{}` requests no {resource}",
                    workload.kind, workload.name
                );
                findings.report_on(autoscaler, path, message).help(format!(
                    "set `resources.requests.{resource}` of `{name}`, or aim at an `averageValue`"
                ));
            }
        }
    }
}

/// A metric that is a share of a request.
struct Shared<'a> {
    resource: &'a str,
    /// The one container that it is about.
    only: Option<&'a str>,
    path: FieldPath,
}

fn shares<'a>(autoscaler: &Object<'a>) -> Vec<Shared<'a>> {
    let spec = FieldPath::root().field("spec");
    let metrics = autoscaler.at(&["spec", "metrics"]).map_or(&[][..], Node::items);
    if metrics.is_empty() {
        // Without a metric it goes by 80 percent of the processor time.
        return vec![Shared { resource: "cpu", only: None, path: spec }];
    }
    let of_metric = |(index, metric): (usize, &'a Node)| {
        ["resource", "containerResource"].into_iter().find_map(|field| {
            let source = metric.get(field)?;
            source
                .at(&["target", "averageUtilization"])
                .or_else(|| source.get("targetAverageUtilization"))?;
            let path = spec.field("metrics").index(index).fields(&[field, "name"]);
            Some(Shared { resource: source.text_at(&["name"])?, only: source.text_at(&["container"]), path })
        })
    };
    metrics.iter().enumerate().filter_map(of_metric).collect()
}

#[cfg(test)]
mod tests {
    use super::AUTOSCALER_METRIC_WITHOUT_REQUEST;
    use crate::lint::testing::finds;

    fn of(metric: &str, pod: &str, more: &str) -> bool {
        finds(
            &AUTOSCALER_METRIC_WITHOUT_REQUEST,
            &format!(
                "kind: HorizontalPodAutoscaler\nspec: {{scaleTargetRef: {{kind: Deployment, name: a}}, metrics: [{metric}]}}\n\
                 ---\nkind: Deployment\nmetadata: {{name: a}}\nspec: {{template: {{spec: {pod}}}}}\n---\n{more}"
            ),
        )
    }

    const SHARE: &str = "{resource: {name: cpu, target: {averageUtilization: 70}}}";

    #[test]
    fn what_the_autoscaler_counts_must_be_requested() {
        let with = "name: a, resources: {requests: {cpu: 1}}";
        let cases = [
            (SHARE, format!("{{containers: [{{{with}}}]}}"), false),
            (SHARE, "{containers: [{name: a, resources: {limits: {cpu: 1}}}]}".to_owned(), false),
            (SHARE, "{containers: [{name: a}]}".to_owned(), true),
            ("", "{containers: [{name: a}]}".to_owned(), true),
            (SHARE, format!("{{containers: [{{{with}}}, {{name: b}}]}}"), true),
            (SHARE, format!("{{initContainers: [{{name: b}}], containers: [{{{with}}}]}}"), false),
            (
                SHARE,
                format!("{{initContainers: [{{name: b, restartPolicy: Always}}], containers: [{{{with}}}]}}"),
                true,
            ),
            (SHARE, "{resources: {requests: {cpu: 1}}, containers: [{name: a}]}".to_owned(), false),
            (
                "{resource: {name: cpu, target: {averageValue: 1}}}",
                "{containers: [{name: a}]}".to_owned(),
                false,
            ),
            (
                "{pods: {metric: {name: q}, target: {averageValue: 1}}}",
                "{containers: [{name: a}]}".to_owned(),
                false,
            ),
            (
                "{containerResource: {name: cpu, container: a, target: {averageUtilization: 1}}}",
                format!("{{containers: [{{{with}}}, {{name: b}}]}}"),
                false,
            ),
        ];
        for (metric, pod, expected) in cases {
            assert_eq!(of(metric, &pod, "{}"), expected, "{metric} {pod}");
        }
        for limits in ["defaultRequest: {cpu: 1}", "default: {cpu: 1}", "max: {cpu: 1}", "min: {cpu: 1}"] {
            let range = format!("kind: LimitRange\nspec: {{limits: [{{type: Container, {limits}}}]}}");
            assert!(!of(SHARE, "{containers: [{name: a}]}", &range), "{limits}");
        }
    }
}
