use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Workload;

declare_rule! {
    /// Flags workloads whose selector takes the Pods of another workload too.
    ///
    /// ## Why is this bad?
    /// An autoscaler counts the other's Pods as its own, and so does everybody who lists Pods by that selector; a
    /// controller adopts what has no other owner.
    ///
    /// ## Fields
    /// `spec.selector` of Deployments, StatefulSets, DaemonSets, ReplicaSets and ReplicationControllers, held against
    /// the Pods of all workloads of the same namespace.
    ///
    /// ## Allowed values
    /// A selector that takes the workload's own Pods alone.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: shop}}
    ///   template:
    ///     metadata: {labels: {app: shop, tier: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: api}
    /// spec:
    ///   selector: {matchLabels: {app: shop, tier: api}}
    ///   template:
    ///     metadata: {labels: {app: shop, tier: api}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: shop, tier: web}}
    ///   template:
    ///     metadata: {labels: {app: shop, tier: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: api}
    /// spec:
    ///   selector: {matchLabels: {app: shop, tier: api}}
    ///   template:
    ///     metadata: {labels: {app: shop, tier: api}}
    /// ```
    OVERLAPPING_SELECTORS = {
        id: "overlapping-selectors",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-21", "OBJ-28"],
        look: Bundle(overlapping_selectors),
    }
}

fn overlapping_selectors(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        let Some(selector) = own_selector(workload).filter(|selector| !selector.is_empty()) else { continue };
        let others = graph.selected(workload, selector);
        let mut others = others.into_iter().filter(|other| {
            let is_told_already = own_selector(other).is_some_and(|selector| {
                std::ptr::from_ref(*other) < std::ptr::from_ref(workload)
                    && selector.takes(workload.pod_labels())
            });
            other.kind != "PodTemplate"
                && !other.is_same(workload)
                && graph.are_neighbours(workload, other)
                && !is_told_already
        });
        if let Some(other) = others.next() {
            let message = format!("the selector takes the Pods of `{}/{}` too", other.kind, other.name);
            findings
                .report_on(workload, workload.path(&["spec", "selector"]), message)
                .help("select by a label that only the workload's own Pods have, and give it to them");
        }
    }
}

fn own_selector<'a>(workload: &Workload<'a>) -> Option<Selector<'a>> {
    let node = workload.at(&["spec", "selector"])?;
    match workload.kind {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" => Some(Selector::new(node)),
        "ReplicationController" => Some(Selector::of_labels(node)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::OVERLAPPING_SELECTORS;
    use crate::lint::testing::messages;

    fn deployment(name: &str, more: &str, labels: &str) -> String {
        format!(
            "kind: Deployment\nmetadata: {{name: {name}{more}}}\n\
             spec: {{selector: {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{{labels}}}}}}}}}\n---\n"
        )
    }

    #[test]
    fn two_workloads_are_told_once() {
        let web = deployment("a", "", "app: web");
        let job = "kind: Job\nmetadata: {name: j}\nspec: {template: {metadata: {labels: {app: web}}}}\n---\n";
        let cases = [
            (deployment("b", "", "app: web"), 1),
            (deployment("b", "", "app: api"), 1),
            (job.to_owned(), 1),
            (deployment("b", ", namespace: other", "app: web"), 0),
            (deployment("a", "", "app: web"), 0),
        ];
        for (other, count) in cases {
            assert_eq!(messages(&OVERLAPPING_SELECTORS, &format!("{web}{other}")).len(), count, "{other}");
        }
    }
}
