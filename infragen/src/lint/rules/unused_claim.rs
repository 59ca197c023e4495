use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags claims on volumes that no Pod mounts.
    ///
    /// ## Why is this bad?
    /// The volume costs money and holds nothing; or the Pod that it was made for writes to its own disk, and loses it.
    ///
    /// ## Fields
    /// PersistentVolumeClaims of an environment; `persistentVolumeClaim.claimName` of volumes.
    ///
    /// ## Allowed values
    /// A claim that a workload mounts, or that a StatefulSet's template stands for.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: web}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: web}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {volumes: [{name: files, persistentVolumeClaim: {claimName: web}}]}
    /// ```
    UNUSED_CLAIM = {
        id: "unused-claim",
        category: Reference,
        severity: Warning,
        look: Bundle(unused_claim),
    }
}

fn unused_claim(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for claim in graph.of_kind("PersistentVolumeClaim") {
        let mounts = |workload: &Workload<'_>| {
            workload
                .pod(&["volumes"])
                .map_or(&[][..], Node::items)
                .iter()
                .any(|volume| volume.text_at(&["persistentVolumeClaim", "claimName"]) == Some(claim.name))
        };
        let mut workloads = graph.workloads().iter();
        let is_used = workloads
            .any(|workload| workload.shares_namespace(claim.namespace) && mounts(workload))
            || graph.is_made_by_set(claim);
        if !is_used {
            findings
                .report_on(
                    claim,
                    claim.path(&["metadata", "name"]),
                    format!("no Pod mounts `{}`", claim.name),
                )
                .help("mount it where it was meant, or remove the claim");
        }
    }
}
