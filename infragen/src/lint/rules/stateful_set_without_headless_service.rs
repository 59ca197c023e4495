use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;

declare_rule! {
    /// Flags StatefulSets whose Service does not exist, has an address of its own, or selects other Pods.
    ///
    /// ## Why is this bad?
    /// Such a Service gives the Pods their names: without it `db-0.db` leads nowhere.
    ///
    /// ## Fields
    /// `spec.serviceName` of StatefulSets; `spec.clusterIP` and `spec.selector` of the Service.
    ///
    /// ## Allowed values
    /// A Service of the same namespace with `clusterIP: None` that selects the Pods, an external one, or no name at
    /// all.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec: {serviceName: db, template: {metadata: {labels: {app: db}}}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {selector: {app: db}, ports: [{port: 5432}]}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec: {serviceName: db, template: {metadata: {labels: {app: db}}}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    /// ```
    STATEFUL_SET_WITHOUT_HEADLESS_SERVICE = {
        id: "stateful-set-without-headless-service",
        category: Reference,
        severity: Warning,
        covers: ["AVL-12", "OBJ-31"],
        look: Bundle(stateful_set_without_headless_service),
    }
}

fn stateful_set_without_headless_service(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for set in graph.workloads().iter().filter(|workload| workload.kind == "StatefulSet") {
        let Some(name) = set.node.text_at(&["spec", "serviceName"]).filter(|name| !name.is_empty()) else {
            continue;
        };
        let (message, help) = match graph.target(set, "Service", name) {
            Target::Elsewhere(_) => continue,
            Target::Nothing => (
                format!("there is no Service `{name}` to name the Pods by"),
                format!("add the Service `{name}` with `clusterIP: None`, or declare it as an external"),
            ),
            Target::Here(service) if !service.is_headless() => (
                format!("the Service `{name}` has an address of its own, and gives no names to the Pods"),
                format!("set `clusterIP: None` in the Service `{name}`, or name one that has it"),
            ),
            Target::Here(service) => {
                let selector = service.at(&["spec", "selector"]).map(Selector::of_labels);
                if selector.is_none_or(|selector| selector.takes(set.pod_labels())) {
                    continue;
                }
                (
                    format!("the Service `{name}` selects other Pods, and gives no names to these"),
                    format!("let the Service `{name}` select the labels of the Pod template"),
                )
            }
        };
        findings.report_on(set, set.path(&["spec", "serviceName"]), message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::STATEFUL_SET_WITHOUT_HEADLESS_SERVICE;
    use crate::lint::testing::finds;

    #[test]
    fn a_service_must_be_there_be_headless_and_select_the_pods() {
        let cases = [
            ("svc", "{clusterIP: None, selector: {app: db}}", false),
            ("svc", "{clusterIP: None}", false),
            ("svc", "{clusterIP: None, selector: {app: other}}", true),
            ("svc", "{selector: {app: db}}", true),
            ("none", "{clusterIP: None}", true),
            ("elsewhere", "{}", false),
            ("\"\"", "{}", false),
        ];
        for (name, service, expected) in cases {
            let yaml = format!(
                "kind: StatefulSet\nmetadata: {{name: s}}\n\
                 spec: {{serviceName: {name}, template: {{metadata: {{labels: {{app: db}}}}}}}}\n---\n\
                 kind: Service\nmetadata: {{name: svc}}\nspec: {service}\n---\n\
                 apiVersion: infragen.dev/v1\nkind: Facts\nexternals: [{{kind: Service, name: elsewhere}}]\n"
            );
            assert_eq!(finds(&STATEFUL_SET_WITHOUT_HEADLESS_SERVICE, &yaml), expected, "{name} {service}");
        }
    }
}
