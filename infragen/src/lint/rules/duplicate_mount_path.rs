use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags mounts of one container at the same path.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: names must tell things apart.
    ///
    /// ## Fields
    /// `volumeMounts[].mountPath` of all containers.
    ///
    /// ## Allowed values
    /// A path of its own for each.
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
    ///     volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data/b}]
    /// ```
    DUPLICATE_MOUNT_PATH = {
        id: "duplicate-mount-path",
        category: Admission,
        severity: Error,
        covers: ["SRV-06"],
        look: Container(Containers::Every, duplicate_mount_path),
    }
}

fn duplicate_mount_path(container: &Container<'_>, findings: &mut Findings<'_>) {
    let mounts = container.items("volumeMounts");
    for (index, mount) in mounts.iter().enumerate() {
        let Some(path) = mount.text_at(&["mountPath"]) else { continue };
        if mounts[..index].iter().any(|earlier| earlier.text_at(&["mountPath"]) == Some(path)) {
            findings
                .report(
                    container.path(&["volumeMounts"]).index(index).field("mountPath"),
                    format!("container `{}` has another mount at `{path}`", container.name()),
                )
                .help("mount each volume at a path of its own");
        }
    }
}
