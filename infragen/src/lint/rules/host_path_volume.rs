use crate::lint::findings::Findings;
use crate::lint::pod_security::given;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags volumes that are directories of the node.
    ///
    /// ## Why is this bad?
    /// Who writes to a node's directories can own the node; and what is there differs from node to node. Control
    /// `hostPathVolumes` of the Pod Security level `baseline`, and so of `restricted`, where
    /// `volume-type-beyond-restricted` is in its place.
    ///
    /// ## Fields
    /// `spec.volumes[*].hostPath`.
    ///
    /// ## Allowed values
    /// None.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    ///   volumes:
    ///   - {name: logs, hostPath: {path: /var/log}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    ///   volumes:
    ///   - {name: logs, emptyDir: {}}
    /// ```
    HOST_PATH_VOLUME = {
        id: "host-path-volume",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-26", "hostPathVolumes"],
        look: Control(Control::baseline().replaced_in_restricted_since(0), host_path_volume),
    }
}

fn host_path_volume(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in pod.volumes().iter().enumerate() {
        if given(volume.get("hostPath")).is_some() {
            let name = volume.text_at(&["name"]).unwrap_or_default();
            findings
                .report(
                    pod.pod_path(&["volumes"]).index(index).field("hostPath"),
                    format!("volume `{name}` is a directory of the node"),
                )
                .help("take an `emptyDir`, or a `persistentVolumeClaim` for what must last");
        }
    }
}
