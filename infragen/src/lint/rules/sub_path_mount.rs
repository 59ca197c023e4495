use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags mounts of a part of a volume.
    ///
    /// ## Why is this bad?
    /// A file that is mounted by `subPath` never changes while the Pod lives, whatever its ConfigMap says; and twice
    /// the kubelet let such a path lead out of its volume (CVE-2017-1002101, CVE-2021-25741).
    ///
    /// ## Fields
    /// `subPath` and `subPathExpr` of `volumeMounts[]`.
    ///
    /// ## Allowed values
    /// None: mount the volume whole, or project what is wanted with `items`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   volumes: [{name: settings, configMap: {name: web}}]
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: settings, mountPath: /etc/web.toml, subPath: web.toml}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   volumes: [{name: settings, configMap: {name: web}}]
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: settings, mountPath: /etc/web}]
    /// ```
    SUB_PATH_MOUNT = {
        id: "sub-path-mount",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["SEC-31"],
        look: Container(Containers::Every, sub_path_mount),
    }
}

fn sub_path_mount(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (index, mount) in container.items("volumeMounts").iter().enumerate() {
        for field in ["subPath", "subPathExpr"] {
            if mount.text_at(&[field]).is_some_and(|path| !path.is_empty()) {
                findings
                    .report(
                        container.path(&["volumeMounts"]).index(index).field(field),
                        format!("container `{}` mounts a part of a volume", container.name()),
                    )
                    .help("mount the volume as a folder of its own");
            }
        }
    }
}
