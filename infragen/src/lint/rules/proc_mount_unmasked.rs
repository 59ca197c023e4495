use crate::lint::findings::Findings;
use crate::lint::pod_security::proc_mount;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags containers that see all of `/proc`, outside of a user namespace.
    ///
    /// ## Why is this bad?
    /// A runtime hides those files below `/proc` by which the node's kernel can be read and changed. Control
    /// `procMount` of the Pod Security level `baseline`, and so of `restricted`; since 1.35 not of `restricted`, which
    /// has `proc-mount-not-default` in its place.
    ///
    /// ## Fields
    /// `securityContext.procMount` of all containers.
    ///
    /// ## Allowed values
    /// `Default`, or none; anything in a Pod with `hostUsers: false`, since 1.35.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {procMount: Unmasked}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {procMount: Default}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {procMount: Unmasked}}
    /// ```
    PROC_MOUNT_UNMASKED = {
        id: "proc-mount-unmasked",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-18", "procMount"],
        look: Control(Control::baseline().replaced_in_restricted_since(35), proc_mount_unmasked),
    }
}

fn proc_mount_unmasked(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if !(pod.is_judged_since(35) && pod.is_in_user_namespace()) {
        proc_mount::report_unmasked(pod, findings);
    }
}
