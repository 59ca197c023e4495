use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;

declare_rule! {
    /// Flags Services that select no Pod.
    ///
    /// ## Why is this bad?
    /// Every connection to such a Service is refused.
    ///
    /// ## Fields
    /// `spec.selector` of Services.
    ///
    /// ## Allowed values
    /// Labels that the Pods of at least one workload of the same namespace have; or none, for Services whose endpoints
    /// are given otherwise.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: wbe}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    SERVICE_WITHOUT_PODS = {
        id: "service-without-pods",
        category: Reference,
        severity: Error,
        covers: ["NET-01", "OBJ-01"],
        look: Bundle(service_without_pods),
    }
}

fn service_without_pods(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for service in graph.of_kind("Service") {
        let Some(selector) = service.at(&["spec", "selector"]).map(Selector::of_labels) else { continue };
        let is_alias = service.node.text_at(&["spec", "type"]) == Some("ExternalName");
        if !is_alias && !selector.is_empty() && graph.selected(service, selector).is_empty() {
            findings
                .report_on(
                    service,
                    service.path(&["spec", "selector"]),
                    "the selector takes the Pods of no workload",
                )
                .help("select by labels that the Pod template of one workload has");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SERVICE_WITHOUT_PODS;
    use crate::lint::testing::finds;

    #[test]
    fn services_that_select_otherwise_are_left_alone() {
        let cases = [
            ("{selector: {app: web}}", "a", false),
            ("{selector: {app: web}}", "b", true),
            ("{selector: {app: api}}", "a", true),
            ("{selector: {app: api}, type: ExternalName}", "a", false),
            ("{selector: {}}", "a", false),
            ("{}", "a", false),
        ];
        for (spec, namespace, expected) in cases {
            let yaml = format!(
                "kind: Service\nmetadata: {{name: s, namespace: {namespace}}}\nspec: {spec}\n---\n\
                 kind: Pod\nmetadata: {{name: p, namespace: a, labels: {{app: web}}}}\n"
            );
            assert_eq!(finds(&SERVICE_WITHOUT_PODS, &yaml), expected, "{spec} {namespace}");
        }
    }
}
