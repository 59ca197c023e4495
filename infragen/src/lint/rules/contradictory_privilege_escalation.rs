use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags containers that forbid the escalation of privileges and ask for what needs it.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `securityContext` of all containers.
    ///
    /// ## Allowed values
    /// `allowPrivilegeEscalation: false` without `privileged: true` and without the capability `CAP_SYS_ADMIN`.
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
    ///     securityContext: {allowPrivilegeEscalation: false, privileged: true}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     securityContext: {allowPrivilegeEscalation: false}
    /// ```
    CONTRADICTORY_PRIVILEGE_ESCALATION = {
        id: "contradictory-privilege-escalation",
        category: Admission,
        severity: Error,
        look: Container(Containers::Every, contradictory_privilege_escalation),
    }
}

fn contradictory_privilege_escalation(container: &Container<'_>, findings: &mut Findings<'_>) {
    let truth = |name| container.at(&["securityContext", name]).and_then(Node::as_bool);
    let added = container.at(&["securityContext", "capabilities", "add"]).map_or(&[][..], Node::items);
    let what = if truth("privileged") == Some(true) {
        "is privileged"
    } else if added.iter().any(|capability| capability.as_str() == Some("CAP_SYS_ADMIN")) {
        "adds `CAP_SYS_ADMIN`"
    } else {
        return;
    };
    if truth("allowPrivilegeEscalation") == Some(false) {
        findings
            .report(
                container.path(&["securityContext"]),
                format!("container `{}` forbids the escalation of privileges and {what}", container.name()),
            )
            .help("drop the privilege, or remove `allowPrivilegeEscalation: false`");
    }
}
