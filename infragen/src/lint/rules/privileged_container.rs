use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags privileged containers.
    ///
    /// ## Why is this bad?
    /// A privileged container is root on its node: whoever breaks into it owns every Pod there. Namespaces that enforce
    /// the Pod Security level `baseline` or `restricted` refuse it.
    ///
    /// ## Fields
    /// `securityContext.privileged` of all containers.
    ///
    /// ## Allowed values
    /// `false`, or none.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {privileged: true}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {privileged: false}}
    /// ```
    PRIVILEGED_CONTAINER = {
        id: "privileged-container",
        category: PodSecurity,
        severity: Warning,
        look: Container(Containers::Every, privileged_container),
    }
}

fn privileged_container(container: &Container<'_>, findings: &mut Findings<'_>) {
    let field = ["securityContext", "privileged"];
    if container.at(&field).and_then(|node| node.as_bool()) == Some(true) {
        findings
            .report(container.path(&field), format!("container `{}` is privileged", container.name()))
            .help("remove `securityContext.privileged`, and add the single capabilities that it needs");
    }
}
