use crate::lint::Containers;
use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags autoscalers that go by the use of a container which their target does not have.
    ///
    /// ## Why is this bad?
    /// The metric is never there, and the autoscaler never scales down; with no other metric it does nothing at all.
    ///
    /// ## Fields
    /// `spec.metrics[].containerResource.container` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// The name of a container of the target that goes on running.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    ///   metrics: [{type: ContainerResource, containerResource: {name: cpu, container: wbe, target: {type: Utilization, averageUtilization: 70}}}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    ///   metrics: [{type: ContainerResource, containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 70}}}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web}]}}}
    /// ```
    AUTOSCALER_OF_UNKNOWN_CONTAINER = {
        id: "autoscaler-of-unknown-container",
        category: Reference,
        severity: Error,
        covers: ["OBJ-20"],
        look: Bundle(autoscaler_of_unknown_container),
    }
}

fn autoscaler_of_unknown_container(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for autoscaler in graph.of_kind("HorizontalPodAutoscaler") {
        let Some(workload) = graph.scaled(autoscaler) else { continue };
        let metrics = autoscaler.at(&["spec", "metrics"]).map_or(&[][..], Node::items);
        for (index, metric) in metrics.iter().enumerate() {
            let field = ["containerResource", "container"];
            let Some(name) = metric.text_at(&field) else { continue };
            let mut lasting =
                workload.containers().filter(|container| container.is_among(Containers::Lasting));
            if !lasting.any(|container| container.name() == name) {
                let path = autoscaler.path(&["spec", "metrics"]).index(index).fields(&field);
                let message = format!("`{}/{}` has no container `{name}`", workload.kind, workload.name);
                findings.report_on(autoscaler, path, message).help("name one of its containers");
            }
        }
    }
}
