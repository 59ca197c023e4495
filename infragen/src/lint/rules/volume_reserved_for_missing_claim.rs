use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags volumes that are reserved for a claim which does not exist.
    ///
    /// ## Why is this bad?
    /// Nobody can use the volume, and the claim that was meant waits for another.
    ///
    /// ## Fields
    /// `spec.claimRef` of PersistentVolumes, in an environment or where the documents hold PersistentVolumeClaims.
    ///
    /// ## Allowed values
    /// Name and namespace of a claim, or of one that a StatefulSet makes.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: disk}
    /// spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], claimRef: {name: dta}, csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 10Gi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: disk}
    /// spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], claimRef: {name: data}, csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 10Gi}}}
    /// ```
    VOLUME_RESERVED_FOR_MISSING_CLAIM = {
        id: "volume-reserved-for-missing-claim",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-12"],
        look: Bundle(volume_reserved_for_missing_claim),
    }
}

fn volume_reserved_for_missing_claim(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() && !graph.lists("PersistentVolumeClaim") {
        return;
    }
    for volume in graph.of_kind("PersistentVolume") {
        let reference = |name| volume.node.text_at(&["spec", "claimRef", name]);
        let Some(name) = reference("name") else { continue };
        let claimant = Object { namespace: reference("namespace"), ..*volume };
        if !graph.has_claim(&claimant, name) {
            findings
                .report_on(
                    volume,
                    volume.path(&["spec", "claimRef"]),
                    format!("there is no PersistentVolumeClaim `{name}`"),
                )
                .help("name a claim and its namespace, or remove `claimRef`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::VOLUME_RESERVED_FOR_MISSING_CLAIM;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn name_and_namespace_count() {
        let claim = "kind: PersistentVolumeClaim\nmetadata: {name: c, namespace: a}\n";
        for (reference, expected) in
            [("name: c, namespace: a", false), ("name: c, namespace: b", true), ("name: d", true)]
        {
            let volume = format!(
                "---\nkind: PersistentVolume\nmetadata: {{name: v}}\nspec: {{claimRef: {{{reference}}}}}\n"
            );
            assert_eq!(
                finds(&VOLUME_RESERVED_FOR_MISSING_CLAIM, &format!("{claim}{volume}")),
                expected,
                "{reference}"
            );
            assert!(
                messages_of_foreign(&VOLUME_RESERVED_FOR_MISSING_CLAIM, &volume).is_empty(),
                "alone it says nothing"
            );
        }
    }
}
