use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags mounts that are passed on between a container and its node.
    ///
    /// ## Why is this bad?
    /// With `Bidirectional` what the container mounts appears on the node and in other Pods; with `HostToContainer`
    /// what the node mounts appears in the container.
    ///
    /// ## Fields
    /// `mountPropagation` of `volumeMounts[]`.
    ///
    /// ## Allowed values
    /// `None`, which it is by itself.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   volumes: [{name: mounts, hostPath: {path: /mnt}}]
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: mounts, mountPath: /mounts, mountPropagation: HostToContainer}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   volumes: [{name: mounts, hostPath: {path: /mnt}}]
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: mounts, mountPath: /mounts}]
    /// ```
    PROPAGATED_MOUNT = {
        id: "propagated-mount",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["SEC-32"],
        look: Container(Containers::Every, propagated_mount),
    }
}

fn propagated_mount(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (index, mount) in container.items("volumeMounts").iter().enumerate() {
        let Some(mode) = mount.text_at(&["mountPropagation"]).filter(|mode| *mode != "None") else {
            continue;
        };
        findings
            .report(
                container.path(&["volumeMounts"]).index(index).field("mountPropagation"),
                format!("container `{}` passes mounts on: `{mode}`", container.name()),
            )
            .help("leave `mountPropagation` away");
    }
}
