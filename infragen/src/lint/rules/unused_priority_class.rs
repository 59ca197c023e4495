use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags priority classes of an environment that no Pod has.
    ///
    /// ## Why is this bad?
    /// The workload that it was made for is no more important than any other.
    ///
    /// ## Fields
    /// PriorityClasses of an environment; `priorityClassName` of Pods.
    ///
    /// ## Allowed values
    /// A class that a workload names, or one that is `globalDefault`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: critical}
    /// value: 1000
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: critical}
    /// value: 1000
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {priorityClassName: critical}
    /// ```
    UNUSED_PRIORITY_CLASS = {
        id: "unused-priority-class",
        category: Reference,
        severity: Warning,
        look: Bundle(unused_priority_class),
    }
}

fn unused_priority_class(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for class in graph.of_kind("PriorityClass") {
        let is_default = class.at(&["globalDefault"]).and_then(Node::as_bool) == Some(true);
        let mut named = graph.workloads().iter().map(|workload| workload.pod(&["priorityClassName"]));
        let is_used = named.any(|name| name.and_then(Node::as_str) == Some(class.name));
        if !is_default && !is_used {
            findings
                .report_on(
                    class,
                    class.path(&["metadata", "name"]),
                    format!("no Pod is of the class `{}`", class.name),
                )
                .help("set `priorityClassName` where it was meant, or remove the class");
        }
    }
}
