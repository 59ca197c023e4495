use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that may write to their root file system.
    ///
    /// ## Why is this bad?
    /// What an attacker cannot write, he cannot run; and what a program writes there is lost at its next start, and
    /// fills the node's disk until then.
    ///
    /// ## Fields
    /// `securityContext.readOnlyRootFilesystem` of containers and init containers.
    ///
    /// ## Allowed values
    /// `true`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {readOnlyRootFilesystem: true}}
    /// ```
    WRITABLE_ROOT_FILE_SYSTEM = {
        id: "writable-root-file-system",
        category: Practice,
        severity: Warning,
        covers: ["SEC-08"],
        look: Container(Containers::Scheduled, writable_root_file_system),
    }
}

fn writable_root_file_system(container: &Container<'_>, findings: &mut Findings<'_>) {
    let field = ["securityContext", "readOnlyRootFilesystem"];
    if container.at(&field).and_then(|node| node.as_bool()) != Some(true) {
        findings
            .report(
                container.path(&field),
                format!("container `{}` may write to its root file system", container.name()),
            )
            .help("set `securityContext.readOnlyRootFilesystem: true`, and mount an `emptyDir` where it must write");
    }
}
