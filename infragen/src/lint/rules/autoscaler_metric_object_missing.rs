use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags autoscalers that go by a metric of an object which does not exist.
    ///
    /// ## Why is this bad?
    /// The metric is never there: the autoscaler stops scaling, and says so in its status alone.
    ///
    /// ## Fields
    /// `spec.metrics[].object.describedObject` of HorizontalPodAutoscalers, where it is of a kind that the bundle
    /// shows.
    ///
    /// ## Allowed values
    /// Kind and name of an object of the same namespace.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   metrics:
    ///   - type: Object
    ///     object: {metric: {name: requests}, describedObject: {apiVersion: v1, kind: Service, name: wbe}, target: {type: Value, value: "100"}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   metrics:
    ///   - type: Object
    ///     object: {metric: {name: requests}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: Value, value: "100"}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// ```
    AUTOSCALER_METRIC_OBJECT_MISSING = {
        id: "autoscaler-metric-object-missing",
        category: Reference,
        severity: Warning,
        look: Bundle(autoscaler_metric_object_missing),
    }
}

fn autoscaler_metric_object_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for autoscaler in graph.of_kind("HorizontalPodAutoscaler") {
        let metrics = autoscaler.at(&["spec", "metrics"]).map_or(&[][..], Node::items);
        for (index, metric) in metrics.iter().enumerate() {
            let meant = |field| metric.text_at(&["object", "describedObject", field]);
            let (Some(kind), Some(name)) = (meant("kind"), meant("name")) else { continue };
            if graph.lists(kind) && matches!(graph.target(autoscaler, kind, name), Target::Nothing) {
                let path = autoscaler.path(&["spec", "metrics"]).index(index);
                findings
                    .report_on(
                        autoscaler,
                        path.fields(&["object", "describedObject", "name"]),
                        format!("there is no `{kind}/{name}` to measure"),
                    )
                    .help("name an object of the same namespace, or declare it as an external");
            }
        }
    }
}
