use crate::lint::findings::Findings;
use crate::lint::pod_security::given;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags volumes of other types than Pods may choose by themselves.
    ///
    /// ## Why is this bad?
    /// A volume that names a disk or a server goes past the storage classes and claims by which a cluster says who may
    /// have what. Control `restrictedVolumes` of the Pod Security level `restricted`.
    ///
    /// ## Fields
    /// `spec.volumes[*]`.
    ///
    /// ## Allowed values
    /// `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, `image`, `persistentVolumeClaim`, `projected`,
    /// `secret`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    ///   volumes:
    ///   - {name: files, nfs: {server: files.example.com, path: /web}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    ///   volumes:
    ///   - {name: files, persistentVolumeClaim: {claimName: files}}
    /// ```
    VOLUME_TYPE_BEYOND_RESTRICTED = {
        id: "volume-type-beyond-restricted",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-30", "restrictedVolumes"],
        look: Control(Control::restricted(), volume_type_beyond_restricted),
    }
}

const ALLOWED: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// A field that is neither here nor above is dropped by the API server; what then has no type is an `emptyDir`.
const OTHERS: [&str; 21] = [
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "gitRepo",
    "nfs",
    "iscsi",
    "glusterfs",
    "rbd",
    "flexVolume",
    "cinder",
    "cephfs",
    "flocker",
    "fc",
    "azureFile",
    "azureDisk",
    "vsphereVolume",
    "quobyte",
    "portworxVolume",
    "photonPersistentDisk",
    "scaleIO",
    "storageos",
];

fn volume_type_beyond_restricted(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in pod.volumes().iter().enumerate() {
        let is_given = |field: &&str| given(volume.get(field)).is_some();
        let other = OTHERS.into_iter().find(is_given).filter(|_| !ALLOWED.iter().any(is_given));
        if let Some(other) = other {
            let name = volume.text_at(&["name"]).unwrap_or_default();
            findings
                .report(
                    pod.pod_path(&["volumes"]).index(index).field(other),
                    format!("volume `{name}` is of the type `{other}`"),
                )
                .help("take a `persistentVolumeClaim` for what must last, or an `emptyDir`");
        }
    }
}
