use crate::diagnostic::Fix;
use crate::lint::findings::Findings;
use crate::lint::mend;
use crate::lint::pod_security::{Control, Pod, SecurityContext};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags containers whose programs may gain more privileges than they were started with.
    ///
    /// ## Why is this bad?
    /// A program with the set-user-ID bit makes an attacker root inside the container. Control
    /// `allowPrivilegeEscalation` of the Pod Security level `restricted`, since 1.8; elsewhere a warning.
    ///
    /// ## Fields
    /// `securityContext.allowPrivilegeEscalation` of all containers; since 1.25 not of a Pod with `os.name: windows`.
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
        severity: Error,
        covers: ["SEC-02", "allowPrivilegeEscalation"],
        look: Control(Control::restricted().since(8).advised_elsewhere(), privilege_escalation_allowed),
    }
}

fn privilege_escalation_allowed(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if pod.is_judged_since(25) && pod.is_windows() {
        return;
    }
    let field = ["allowPrivilegeEscalation"];
    for context in pod.container_contexts() {
        if context.at(&field).and_then(Node::as_bool) != Some(false) {
            findings
                .report(
                    context.path(&field),
                    format!("{context} may gain more privileges than it starts with"),
                )
                .fix(fix(pod, context))
                .help("set `securityContext.allowPrivilegeEscalation: false`");
        }
    }
}

/// Of one that says nothing, and needs no privileges that it would then not have.
fn fix(pod: &Pod<'_>, context: SecurityContext<'_>) -> Option<Fix> {
    let is_privileged = context.at(&["privileged"]).and_then(Node::as_bool) == Some(true)
        || context.at(&["capabilities", "add"]).is_some();
    if is_privileged || context.at(&["allowPrivilegeEscalation"]).is_some() {
        return None;
    }
    let (container, _) = context.path(&[]).parted()?;
    mend::with_field(
        pod.object.document,
        &container,
        &["securityContext", "allowPrivilegeEscalation"],
        "false",
    )
}
