use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Pods that nothing starts again.
    ///
    /// ## Why is this bad?
    /// When its node goes, the Pod is gone, and nobody makes another.
    ///
    /// ## Fields
    /// Objects of the kind `Pod` without an owner.
    ///
    /// ## Allowed values
    /// A Deployment, a StatefulSet, a Job.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec: {template: {spec: {containers: []}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: a}]}
    /// spec: {containers: []}
    /// ```
    NAKED_POD = {
        id: "naked-pod",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-09"],
        look: Object(&["Pod"], naked_pod),
    }
}

fn naked_pod(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.at(&["metadata", "ownerReferences"]).is_none() {
        findings
            .report(object.path(&["kind"]), "nothing starts this Pod again")
            .help("make it a Deployment or a Job");
    }
}
