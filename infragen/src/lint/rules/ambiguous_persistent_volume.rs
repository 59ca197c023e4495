use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Field, Node, Value};

declare_rule! {
    /// Flags volumes of the cluster that do not have exactly one source, or count something else than storage.
    ///
    /// ## Why is this bad?
    /// The API server refuses the PersistentVolume.
    ///
    /// ## Fields
    /// `spec` of PersistentVolumes.
    ///
    /// ## Allowed values
    /// One source, such as `csi` or `nfs`; `capacity` with `storage` alone, above 0; for a `local` volume a `nodeAffinity`; for a
    /// `hostPath` of `/` another policy than `Recycle`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], nfs: {server: nfs.example.com, path: /data}}
    /// ```
    AMBIGUOUS_PERSISTENT_VOLUME = {
        id: "ambiguous-persistent-volume",
        category: Admission,
        severity: Error,
        look: Object(&["PersistentVolume"], ambiguous_persistent_volume),
    }
}

/// What else a volume's `spec` has.
const OTHERS: [&str; 9] = [
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
];

fn ambiguous_persistent_volume(volume: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(spec) = volume.at(&["spec"]) else { return };
    let is_source = |field: &&Field| {
        !OTHERS.contains(&field.name.as_str()) && matches!(field.node.value, Value::Mapping(_))
    };
    let count = spec.fields().iter().filter(is_source).count();
    if count != 1 {
        findings
            .report(volume.path(&["spec"]), format!("the volume has {count} sources in place of one"))
            .help("set one source, such as `csi`");
    }
    for entry in spec.get("capacity").map_or(&[][..], Node::fields) {
        let is_positive = Quantity::of(&entry.node).is_none_or(|amount| amount > Quantity::default());
        if entry.name != "storage" || !is_positive {
            findings
                .report(
                    volume.path(&["spec", "capacity", &entry.name]),
                    format!("the volume cannot have this `{}`", entry.name),
                )
                .help("say how much `storage` it has, and nothing else");
        }
    }
    if spec.get("local").is_some() && spec.get("nodeAffinity").is_none() {
        findings
            .report(volume.path(&["spec", "nodeAffinity"]), "nobody knows which node has the local volume")
            .help("select its node by `nodeAffinity`");
    }
    if spec.text_at(&["hostPath", "path"]) == Some("/")
        && spec.text_at(&["persistentVolumeReclaimPolicy"]) == Some("Recycle")
    {
        findings
            .report(volume.path(&["spec", "hostPath", "path"]), "recycling it would delete the whole node")
            .help("set `persistentVolumeReclaimPolicy: Retain`");
    }
}
