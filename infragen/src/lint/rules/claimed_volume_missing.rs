use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags claims on a volume that does not exist.
    ///
    /// ## Why is this bad?
    /// The claim stays pending, and so does every Pod that mounts it.
    ///
    /// ## Fields
    /// `spec.volumeName` of PersistentVolumeClaims, where the documents hold PersistentVolumes.
    ///
    /// ## Allowed values
    /// The name of a PersistentVolume.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: disk}
    /// spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {volumeName: dsik, accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 10Gi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: disk}
    /// spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {volumeName: disk, accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 10Gi}}}
    /// ```
    CLAIMED_VOLUME_MISSING = {
        id: "claimed-volume-missing",
        category: Reference,
        severity: Error,
        covers: ["OBJ-12"],
        look: Bundle(claimed_volume_missing),
    }
}

fn claimed_volume_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.lists("PersistentVolume") {
        return;
    }
    for claim in graph.of_kind("PersistentVolumeClaim") {
        let Some(name) = claim.node.text_at(&["spec", "volumeName"]).filter(|name| !name.is_empty()) else {
            continue;
        };
        if matches!(graph.target(claim, "PersistentVolume", name), Target::Nothing) {
            findings
                .report_on(
                    claim,
                    claim.path(&["spec", "volumeName"]),
                    format!("there is no PersistentVolume `{name}`"),
                )
                .help("name a PersistentVolume, or leave the name out and let one be made");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CLAIMED_VOLUME_MISSING;
    use crate::lint::testing::finds;

    #[test]
    fn without_any_volume_nobody_knows() {
        assert!(!finds(
            &CLAIMED_VOLUME_MISSING,
            "kind: PersistentVolumeClaim\nspec: {volumeName: pvc-0123}\n"
        ));
    }
}
