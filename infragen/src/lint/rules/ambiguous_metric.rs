use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags metrics of an autoscaler whose source is not the one that their type names.
    ///
    /// ## Why is this bad?
    /// The API server refuses the autoscaler.
    ///
    /// ## Fields
    /// `spec.metrics[]` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// The source that `type` names, and no other: `resource` for `Resource`, `containerResource` for
    /// `ContainerResource`, `pods`, `object`, `external`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {metrics: [{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]}
    /// ```
    AMBIGUOUS_METRIC = {
        id: "ambiguous-metric",
        category: Admission,
        severity: Error,
        covers: ["SRV-01"],
        look: Object(&["HorizontalPodAutoscaler"], ambiguous_metric),
    }
}

const SOURCES: [(&str, &str); 5] = [
    ("ContainerResource", "containerResource"),
    ("External", "external"),
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
];

fn ambiguous_metric(autoscaler: &Object<'_>, findings: &mut Findings<'_>) {
    // The first version has one number for the processor, and no metrics.
    let metrics = autoscaler.at(&["spec", "metrics"]).map_or(&[][..], Node::items);
    for (index, metric) in metrics.iter().enumerate() {
        let kind = metric.text_at(&["type"]).unwrap_or_default();
        let Some((_, expected)) = SOURCES.iter().find(|(name, _)| *name == kind) else { continue };
        let has = |source: &str| metric.get(source).is_some_and(|node| node.value != Value::Null);
        let others = SOURCES.iter().any(|(_, source)| source != expected && has(source));
        if !has(expected) || others {
            findings
                .report(
                    autoscaler.path(&["spec", "metrics"]).index(index),
                    format!("a metric of the type `{kind}` must have `{expected}`, and no other source"),
                )
                .help(format!("set `{expected}`, or change the `type`"));
        }
    }
}
