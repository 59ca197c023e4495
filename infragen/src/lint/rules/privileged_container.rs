use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags privileged containers.
    ///
    /// ## Why is this bad?
    /// A privileged container is root on its node: whoever breaks into it owns every Pod there. Control `privileged` of
    /// the Pod Security level `baseline`, and so of `restricted`; elsewhere a warning.
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
        severity: Error,
        covers: ["SEC-01", "privileged"],
        look: Control(Control::baseline().advised_elsewhere(), privileged_container),
    }
}

fn privileged_container(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for context in pod.container_contexts() {
        if context.at(&["privileged"]).and_then(Node::as_bool) == Some(true) {
            findings
                .report(context.path(&["privileged"]), format!("{context} is privileged"))
                .help("remove `securityContext.privileged`, and add the single capabilities that it needs");
        }
    }
}
