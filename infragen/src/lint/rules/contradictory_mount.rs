use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags mounts whose parts do not go together, and volumes that are mounted as a folder and as a device.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `volumeMounts[]` and `volumeDevices[]` of containers.
    ///
    /// ## Allowed values
    /// One of `subPath` and `subPathExpr`; `mountPropagation: Bidirectional` in privileged containers; `recursiveReadOnly` beside
    /// `readOnly: true` and without propagation; each device once, and no folder of the same name or path.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: data, mountPath: /data, recursiveReadOnly: Enabled}]
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: data, mountPath: /data, readOnly: true, recursiveReadOnly: Enabled}]
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
    CONTRADICTORY_MOUNT = {
        id: "contradictory-mount",
        category: Admission,
        severity: Error,
        look: Container(Containers::Every, contradictory_mount),
    }
}

fn contradictory_mount(container: &Container<'_>, findings: &mut Findings<'_>) {
    let (mounts, devices) = (container.items("volumeMounts"), container.items("volumeDevices"));
    let is_privileged =
        container.at(&["securityContext", "privileged"]).and_then(Node::as_bool) == Some(true);
    for (index, mount) in mounts.iter().enumerate() {
        let text = |name: &str| mount.text_at(&[name]).unwrap_or_default();
        let mut report = |field: &str, message: &str, help: &str| {
            findings.report(container.path(&["volumeMounts"]).index(index).field(field), message).help(help);
        };
        if !text("subPath").is_empty() && !text("subPathExpr").is_empty() {
            report(
                "subPathExpr",
                "the mount has two paths below the volume",
                "keep one of `subPath` and `subPathExpr`",
            );
        }
        let propagation = text("mountPropagation");
        if propagation == "Bidirectional" && !is_privileged {
            report(
                "mountPropagation",
                "only a privileged container mounts on its node",
                "use `HostToContainer`",
            );
        }
        let is_read_only = mount.get("readOnly").and_then(Node::as_bool) == Some(true);
        let is_recursive = matches!(text("recursiveReadOnly"), "Enabled" | "IfPossible");
        if is_recursive && !(is_read_only && matches!(propagation, "" | "None")) {
            report(
                "recursiveReadOnly",
                "the mount itself can be written, or propagates others",
                "set `readOnly: true`, and remove `mountPropagation`",
            );
        }
    }
    for (index, device) in devices.iter().enumerate() {
        let is_as = |other: &Node, path: &str| {
            other.text_at(&["name"]) == device.text_at(&["name"])
                || other.text_at(&[path]) == device.text_at(&["devicePath"])
        };
        let is_taken = devices[..index].iter().any(|other| is_as(other, "devicePath"))
            || mounts.iter().any(|other| is_as(other, "mountPath"));
        if is_taken {
            findings
                .report(
                    container.path(&["volumeDevices"]).index(index),
                    "the volume or the path is taken by another mount of this container",
                )
                .help("give each device a volume and a path of its own");
        }
    }
}
