use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods of a runtime class that does not exist.
    ///
    /// ## Why is this bad?
    /// The API server refuses every such Pod, and the rollout hangs without one.
    ///
    /// ## Fields
    /// `runtimeClassName` of Pods and Pod templates, where the documents hold RuntimeClasses or the environment
    /// declares some.
    ///
    /// ## Allowed values
    /// The name of a RuntimeClass.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {runtimeClassName: gvsior}
    /// ---
    /// apiVersion: node.k8s.io/v1
    /// kind: RuntimeClass
    /// metadata: {name: gvisor}
    /// handler: runsc
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {runtimeClassName: gvisor}
    /// ---
    /// apiVersion: node.k8s.io/v1
    /// kind: RuntimeClass
    /// metadata: {name: gvisor}
    /// handler: runsc
    /// ```
    RUNTIME_CLASS_MISSING = {
        id: "runtime-class-missing",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-41"],
        look: Bundle(runtime_class_missing),
    }
}

fn runtime_class_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads().iter().filter(|_| graph.lists("RuntimeClass")) {
        let field = ["runtimeClassName"];
        let Some(name) = workload.pod(&field).and_then(Node::as_str) else { continue };
        if matches!(graph.target(workload, "RuntimeClass", name), Target::Nothing) {
            findings
                .report_on(workload, workload.pod_path(&field), format!("there is no RuntimeClass `{name}`"))
                .help("name a RuntimeClass, or declare it as an external");
        }
    }
}
