use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::{Object, Workload};
use crate::node::{FieldPath, Node};
use std::collections::BTreeSet;

declare_rule! {
    /// Flags selectors of an environment that take one workload's Pods by other labels than the workload itself does.
    ///
    /// ## Why is this bad?
    /// A label was dropped on one side: today both mean the same Pods, and the next workload with the remaining label
    /// is taken too, by a Service, a budget or a policy that was not meant for it.
    ///
    /// ## Fields
    /// Selectors of Services, PodDisruptionBudgets, NetworkPolicies and topology spread constraints of an environment
    /// that take the Pods of one workload alone, held against its `spec.selector`. Without one it is the name and the
    /// instance among its labels.
    ///
    /// ## Allowed values
    /// The same labels on both sides.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web, instance: prod}}
    ///   template: {metadata: {labels: {app: web, instance: prod}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web, instance: prod}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web, instance: prod}}
    ///   template: {metadata: {labels: {app: web, instance: prod}}}
    /// ```
    SELECTOR_UNLIKE_WORKLOAD = {
        id: "selector-unlike-workload",
        category: Reference,
        severity: Warning,
        look: Bundle(selector_unlike_workload),
    }
}

fn selector_unlike_workload(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for (kind, field) in SELECTORS {
        for object in graph.of_kind(kind) {
            let Some(node) = object.at(field) else { continue };
            let selector = if kind == "Service" { Selector::of_labels(node) } else { Selector::new(node) };
            if selector.is_empty() {
                continue;
            }
            if let [workload] = graph.selected(object, selector)[..] {
                compare(object, object.path(field), selector, workload, findings);
            }
        }
    }
    for workload in graph.workloads() {
        let constraints = workload.pod(&["topologySpreadConstraints"]).map_or(&[][..], Node::items);
        for (index, constraint) in constraints.iter().enumerate() {
            let Some(selector) = constraint.get("labelSelector").map(Selector::new) else { continue };
            if selector.takes(workload.pod_labels()) {
                let path =
                    workload.pod_path(&["topologySpreadConstraints"]).index(index).field("labelSelector");
                compare(workload, path, selector, workload, findings);
            }
        }
    }
}

const SELECTORS: [(&str, &[&str]); 3] = [
    ("Service", &["spec", "selector"]),
    ("PodDisruptionBudget", &["spec", "selector"]),
    ("NetworkPolicy", &["spec", "podSelector"]),
];

fn compare(
    object: &Object<'_>,
    path: FieldPath,
    selector: Selector<'_>,
    workload: &Workload<'_>,
    findings: &mut Findings<'_>,
) {
    let (Some(here), Some(there)) = (selector.labels(), own_labels(workload)) else { return };
    if here != there {
        let missing = there.difference(&here).next().or_else(|| here.difference(&there).next());
        let (kind, name) = (workload.kind, workload.name);
        let message = format!(
            "it takes the Pods of `{kind}/{name}` by other labels than that does: they differ in `{}`",
            missing.copied().unwrap_or_default()
        );
        findings
            .report_on(object, path, message)
            .help(format!("select by the labels that `{kind}/{name}` selects by"));
    }
}

/// The labels by which a workload tells its Pods from others.
fn own_labels<'a>(workload: &Workload<'a>) -> Option<BTreeSet<&'a str>> {
    match workload.at(&["spec", "selector"]) {
        Some(selector) => Selector::new(selector).labels(),
        None => {
            let names = ["app.kubernetes.io/instance", "app.kubernetes.io/name"];
            let labels: BTreeSet<_> =
                names.into_iter().filter(|name| workload.pod_label(name).is_some()).collect();
            (labels.len() == names.len()).then_some(labels)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SELECTOR_UNLIKE_WORKLOAD;
    use crate::lint::testing::{messages, messages_of_foreign};

    #[test]
    fn each_kind_of_selector_is_held_against_the_workload() {
        let workload = "---\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b, c: d}}, \
            template: {metadata: {labels: {a: b, c: d, e: f}}, spec: {topologySpreadConstraints: [{labelSelector: LABELS}]}}}\n";
        let of = |kind: &str, spec: &str, spread: &str| {
            let yaml = format!(
                "kind: {kind}\nmetadata: {{name: o}}\nspec: {spec}\n{}",
                workload.replace("LABELS", spread)
            );
            assert!(messages_of_foreign(&SELECTOR_UNLIKE_WORKLOAD, &yaml).is_empty());
            messages(&SELECTOR_UNLIKE_WORKLOAD, &yaml).len()
        };
        let same = "{matchLabels: {a: b, c: d}}";
        let cases = [
            ("Service", "{selector: {a: b, c: d}}", same, 0),
            ("Service", "{selector: {a: b}}", same, 1),
            ("Service", "{selector: {a: b, c: d, e: f}}", same, 1),
            ("Service", "{selector: {}}", same, 0),
            ("PodDisruptionBudget", "{selector: {matchLabels: {c: d}}}", same, 1),
            ("NetworkPolicy", "{podSelector: {}}", same, 0),
            ("NetworkPolicy", "{podSelector: {matchLabels: {c: d}}}", same, 1),
            ("NetworkPolicy", "{podSelector: {matchExpressions: [{key: c, operator: Exists}]}}", same, 0),
            ("ConfigMap", "{}", "{matchLabels: {a: b}}", 1),
        ];
        for (kind, spec, spread, count) in cases {
            assert_eq!(of(kind, spec, spread), count, "{kind} {spec} {spread}");
        }
    }
}
