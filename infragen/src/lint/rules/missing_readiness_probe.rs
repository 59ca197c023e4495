use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Object;
use crate::node::Node;
use std::collections::HashSet;

declare_rule! {
    /// Flags workloads behind a Service of which no container has a readiness probe.
    ///
    /// ## Why is this bad?
    /// The Service sends requests to a Pod as soon as its processes run, before they can answer; each rollout loses
    /// some of them, and a rollout of what never becomes ready goes on to the end.
    ///
    /// ## Fields
    /// `readinessProbe` of the containers of Deployments, StatefulSets and DaemonSets that a Service selects.
    ///
    /// ## Allowed values
    /// Any probe, of at least one container.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example/web:1.2.0"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example/web:1.2.0", readinessProbe: {httpGet: {path: /ready, port: 8080}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: worker}
    /// spec: {template: {metadata: {labels: {app: worker}}, spec: {containers: [{name: a, image: "example/worker:1.2.0"}]}}}
    /// ```
    MISSING_READINESS_PROBE = {
        id: "missing-readiness-probe",
        category: Practice,
        severity: Warning,
        covers: ["PRB-02"],
        look: Bundle(missing_readiness_probe),
    }
}

fn missing_readiness_probe(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let mut told = HashSet::new();
    for service in graph.of_kind("Service") {
        let Some(selector) = service.at(&["spec", "selector"]).map(Selector::of_labels) else { continue };
        if selector.is_empty() || sends_nothing(service) {
            continue;
        }
        for workload in graph.selected(service, selector) {
            let is_served = matches!(workload.kind, "Deployment" | "StatefulSet" | "DaemonSet");
            let is_probed =
                || workload.containers().any(|container| container.at(&["readinessProbe"]).is_some());
            if is_served && !is_probed() && told.insert(workload.object_name()) {
                findings
                    .report_on(
                        workload,
                        workload.pod_path(&["containers"]),
                        format!(
                            "no container has a readiness probe, and the Service `{}` sends requests there",
                            service.name
                        ),
                    )
                    .help("set `readinessProbe` of the container that answers them");
            }
        }
    }
}

/// Whether the Service has no ports, and only gives Pods their names, or names those that are not ready on purpose.
fn sends_nothing(service: &Object<'_>) -> bool {
    service.at(&["spec", "ports"]).is_none_or(|ports| ports.items().is_empty())
        || service.at(&["spec", "publishNotReadyAddresses"]).and_then(Node::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::MISSING_READINESS_PROBE;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("ports: [{port: 80}]", true),
            ("clusterIP: None", false),
            ("clusterIP: None, ports: [{port: 80}], publishNotReadyAddresses: true", false),
        ];
        for (case, expected) in cases {
            let yaml = format!(
                "kind: Service\nmetadata: {{name: a}}\nspec: {{selector: {{app: a}}, {case}}}\n---\nkind: StatefulSet\nmetadata: {{name: a}}\nspec: {{template: {{metadata: {{labels: {{app: a}}}}, spec: {{containers: [{{name: a}}]}}}}}}"
            );
            assert_eq!(finds(&MISSING_READINESS_PROBE, &yaml), expected, "{case}");
        }
    }
}
