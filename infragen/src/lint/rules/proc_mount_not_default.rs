use crate::lint::findings::Findings;
use crate::lint::pod_security::proc_mount;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags containers that see all of `/proc`, in a user namespace too.
    ///
    /// ## Why is this bad?
    /// A runtime hides those files below `/proc` by which the node's kernel can be read and changed. Control
    /// `procMount_restricted` of the Pod Security level `restricted`, since 1.35; before, `proc-mount-unmasked` is
    /// there.
    ///
    /// ## Fields
    /// `securityContext.procMount` of all containers.
    ///
    /// ## Allowed values
    /// `Default`, or none.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {procMount: Unmasked}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {procMount: Default}}
    /// ```
    PROC_MOUNT_NOT_DEFAULT = {
        id: "proc-mount-not-default",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-18", "procMount_restricted"],
        look: Control(Control::restricted().since(35), proc_mount_not_default),
    }
}

fn proc_mount_not_default(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    proc_mount::report_unmasked(pod, findings);
}
