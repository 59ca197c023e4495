use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags workloads that are told to run no Pod.
    ///
    /// ## Why is this bad?
    /// Nothing runs, and nothing says so: whoever applies the manifest takes down what somebody scaled up.
    ///
    /// ## Fields
    /// `spec.replicas` of Deployments, StatefulSets and ReplicaSets.
    ///
    /// ## Allowed values
    /// 1 and above, or nothing.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 0}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2}
    /// ```
    SCALED_TO_ZERO = {
        id: "scaled-to-zero",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-14"],
        look: Object(&["Deployment", "StatefulSet", "ReplicaSet"], scaled_to_zero),
    }
}

fn scaled_to_zero(object: &Object<'_>, findings: &mut Findings<'_>) {
    let field = ["spec", "replicas"];
    if object.at(&field).and_then(Node::as_i64) == Some(0) {
        findings.report(object.path(&field), "no Pod is to run").help("remove it, or run at least one");
    }
}
