use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags mounts of folders of the node that the container may write to.
    ///
    /// ## Why is this bad?
    /// What is written there stays on the node and meets every Pod that comes after; a program that was broken into
    /// leaves something for the node to run.
    ///
    /// ## Fields
    /// `volumeMounts[]` of a `hostPath` volume.
    ///
    /// ## Allowed values
    /// `readOnly: true`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   volumes: [{name: logs, hostPath: {path: /var/log}}]
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: logs, mountPath: /logs}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   volumes: [{name: logs, hostPath: {path: /var/log}}]
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]
    /// ```
    WRITABLE_HOST_PATH = {
        id: "writable-host-path",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["SEC-28"],
        look: Container(Containers::Every, writable_host_path),
    }
}

fn writable_host_path(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (index, mount) in container.items("volumeMounts").iter().enumerate() {
        let volumes = container.workload.pod(&["volumes"]).map_or(&[][..], Node::items);
        let meant = volumes.iter().find(|volume| volume.text_at(&["name"]) == mount.text_at(&["name"]));
        let Some(path) = meant.and_then(|volume| volume.text_at(&["hostPath", "path"])) else { continue };
        if mount.get("readOnly").and_then(Node::as_bool) != Some(true) {
            findings
                .report(
                    container.path(&["volumeMounts"]).index(index),
                    format!("container `{}` may write to `{path}` of its node", container.name()),
                )
                .help("set `readOnly: true`");
        }
    }
}
