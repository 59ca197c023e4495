use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods of a priority class that does not exist.
    ///
    /// ## Why is this bad?
    /// The API server refuses every such Pod, and the rollout hangs without one.
    ///
    /// ## Fields
    /// `priorityClassName` of Pods and Pod templates, in an environment or where the documents hold PriorityClasses.
    ///
    /// ## Allowed values
    /// The name of a PriorityClass, here or external; `system-cluster-critical` and `system-node-critical`, which every
    /// cluster has.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {priorityClassName: urgnet}
    /// ---
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: urgent}
    /// value: 1000
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {priorityClassName: urgent}
    /// ---
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: urgent}
    /// value: 1000
    /// ```
    PRIORITY_CLASS_MISSING = {
        id: "priority-class-missing",
        category: Reference,
        severity: Error,
        covers: ["OBJ-41"],
        look: Bundle(priority_class_missing),
    }
}

fn priority_class_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() && !graph.lists("PriorityClass") {
        return;
    }
    for workload in graph.workloads() {
        let field = ["priorityClassName"];
        let name = workload.pod(&field).and_then(Node::as_str).unwrap_or_default();
        let is_built_in = matches!(name, "" | "system-cluster-critical" | "system-node-critical");
        if !is_built_in && matches!(graph.target(workload, "PriorityClass", name), Target::Nothing) {
            findings
                .report_on(workload, workload.pod_path(&field), format!("there is no PriorityClass `{name}`"))
                .help(format!("add the PriorityClass `{name}`, or declare it as an external"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PRIORITY_CLASS_MISSING;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn classes_of_every_cluster_are_there() {
        for (name, expected) in [("system-node-critical", false), ("none", true)] {
            let yaml = format!("kind: Pod\nspec: {{priorityClassName: {name}}}\n");
            assert_eq!(finds(&PRIORITY_CLASS_MISSING, &yaml), expected, "{name}");
            assert!(messages_of_foreign(&PRIORITY_CLASS_MISSING, &yaml).is_empty(), "{name}");
        }
    }
}
