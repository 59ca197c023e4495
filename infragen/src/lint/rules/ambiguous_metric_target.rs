use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags metrics of an autoscaler whose target has no amount, or two that contradict each other, or one that is not positive.
    ///
    /// ## Why is this bad?
    /// The API server refuses the autoscaler.
    ///
    /// ## Fields
    /// `target` of `spec.metrics[]` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// For `Resource` and `ContainerResource` one of `averageUtilization` and `averageValue`; for `Pods` `averageValue`; for
    /// `Object` `value` or `averageValue`; for `External` one of these. Amounts above 0.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]}
    /// ```
    AMBIGUOUS_METRIC_TARGET = {
        id: "ambiguous-metric-target",
        category: Admission,
        severity: Error,
        covers: ["SRV-01"],
        look: Object(&["HorizontalPodAutoscaler"], ambiguous_metric_target),
    }
}

/// The sources, the amounts of which one must be set, and whether only one may.
const SOURCES: [(&str, &[&str], bool); 5] = [
    ("resource", &["averageUtilization", "averageValue"], true),
    ("containerResource", &["averageUtilization", "averageValue"], true),
    ("pods", &["averageValue"], false),
    ("object", &["value", "averageValue"], false),
    ("external", &["value", "averageValue"], true),
];

fn ambiguous_metric_target(autoscaler: &Object<'_>, findings: &mut Findings<'_>) {
    let metrics = autoscaler.at(&["spec", "metrics"]).map_or(&[][..], Node::items);
    for (index, metric) in metrics.iter().enumerate() {
        for (source, amounts, is_exclusive) in SOURCES {
            // The beta versions have no `target`.
            let Some(target) = metric.at(&[source, "target"]) else { continue };
            let path = || autoscaler.path(&["spec", "metrics"]).index(index).fields(&[source, "target"]);
            let is_set = |name: &&&str| target.get(name).is_some_and(|node| node.value != Value::Null);
            let count = amounts.iter().filter(is_set).count();
            if count == 0 || is_exclusive && count > 1 {
                findings
                    .report(path(), format!("the target has {count} amounts in place of one"))
                    .help(format!("set one of `{}`", amounts.join("`, `")));
            }
            for name in ["value", "averageValue"] {
                let amount = target.get(name).and_then(Quantity::of);
                if amount.is_some_and(|amount| amount <= Quantity::default()) {
                    findings.report(path().field(name), format!("`{name}` is not above 0")).help("raise it");
                }
            }
        }
    }
}
