use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers whose programs may gain more privileges than they were started with.
    ///
    /// ## Why is this bad?
    /// A program with the set-user-ID bit makes an attacker root inside the container. Namespaces that enforce the Pod
    /// Security level `restricted` refuse it, on Linux.
    ///
    /// ## Fields
    /// `securityContext.allowPrivilegeEscalation` of all containers.
    ///
    /// ## Allowed values
    /// `false`. None is not enough: the default allows it.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {allowPrivilegeEscalation: false}}
    /// ```
    PRIVILEGE_ESCALATION_ALLOWED = {
        id: "privilege-escalation-allowed",
        category: PodSecurity,
        severity: Warning,
        look: Container(Containers::Every, privilege_escalation_allowed),
    }
}

fn privilege_escalation_allowed(container: &Container<'_>, findings: &mut Findings<'_>) {
    let field = ["securityContext", "allowPrivilegeEscalation"];
    let is_windows =
        container.workload.pod(&["os", "name"]).and_then(|name| name.as_str()) == Some("windows");
    if !is_windows && container.at(&field).and_then(|node| node.as_bool()) != Some(false) {
        findings
            .report(
                container.path(&field),
                format!("container `{}` may gain more privileges than it starts with", container.name()),
            )
            .help("set `securityContext.allowPrivilegeEscalation: false`");
    }
}
