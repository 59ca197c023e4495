use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags claims on a class of storage that does not exist.
    ///
    /// ## Why is this bad?
    /// No volume is made for the claim: it stays pending, and so does every Pod that mounts it.
    ///
    /// ## Fields
    /// `spec.storageClassName` of PersistentVolumeClaims and of `volumeClaimTemplates[]`, where the documents hold
    /// StorageClasses or the environment declares some.
    ///
    /// ## Allowed values
    /// The name of a StorageClass, or of a class that a PersistentVolume has; an empty one.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {storageClassName: fsat, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    /// ---
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: ebs.csi.aws.com
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    /// ---
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: ebs.csi.aws.com
    /// ```
    STORAGE_CLASS_MISSING = {
        id: "storage-class-missing",
        category: Reference,
        severity: Warning,
        covers: ["PVC-01", "OBJ-12", "OBJ-41"],
        look: Bundle(storage_class_missing),
    }
}

fn storage_class_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.lists("StorageClass") {
        return;
    }
    let claims = graph.of_kind("PersistentVolumeClaim").map(|claim| (claim, claim.node, FieldPath::root()));
    let of_sets = graph.of_kind("StatefulSet").flat_map(|set| {
        let templates =
            set.at(&["spec", "volumeClaimTemplates"]).map_or(&[][..], Node::items).iter().enumerate();
        templates
            .map(move |(index, node)| (set, node, set.path(&["spec", "volumeClaimTemplates"]).index(index)))
    });
    for (object, claim, path) in claims.chain(of_sets) {
        let field = ["spec", "storageClassName"];
        let Some(name) = claim.text_at(&field).filter(|name| !name.is_empty()) else { continue };
        let mut volumes = graph.of_kind("PersistentVolume");
        let is_static = volumes.any(|volume| volume.node.text_at(&field) == Some(name));
        if !is_static && matches!(graph.target(object, "StorageClass", name), Target::Nothing) {
            findings
                .report_on(object, path.fields(&field), format!("there is no StorageClass `{name}`"))
                .help("name a StorageClass, or declare it as an external");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::STORAGE_CLASS_MISSING;
    use crate::lint::testing::finds;

    #[test]
    fn a_class_may_be_a_mere_word_between_claim_and_volume() {
        let class = "---\nkind: StorageClass\nmetadata: {name: fast}\n";
        let claim = "kind: PersistentVolumeClaim\nspec: {storageClassName: manual}\n";
        let set = "kind: StatefulSet\nspec: {volumeClaimTemplates: [{spec: {storageClassName: manual}}]}\n";
        let volume = "---\nkind: PersistentVolume\nspec: {storageClassName: manual}\n";
        for (yaml, expected) in [
            (claim.to_owned(), false),
            (format!("{claim}{class}"), true),
            (format!("{set}{class}"), true),
            (format!("{claim}{class}{volume}"), false),
        ] {
            assert_eq!(finds(&STORAGE_CLASS_MISSING, &yaml), expected, "{yaml}");
        }
    }
}
