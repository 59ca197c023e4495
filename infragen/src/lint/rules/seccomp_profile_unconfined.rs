use crate::lint::findings::Findings;
use crate::lint::pod_security::seccomp;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Pods and containers whose seccomp profile filters no system calls.
    ///
    /// ## Why is this bad?
    /// The runtime's profile keeps a program from the system calls that it hardly needs, and that most ways out of a
    /// container need. Control `seccompProfile_baseline` of the Pod Security level `baseline`, and so of `restricted`;
    /// since 1.19 not of `restricted`, which has `seccomp-profile-missing` in its place.
    ///
    /// ## Fields
    /// Since 1.19 `spec.securityContext.seccompProfile.type` and `securityContext.seccompProfile.type` of all
    /// containers; before, the annotations `seccomp.security.alpha.kubernetes.io/pod` and
    /// `container.seccomp.security.alpha.kubernetes.io/NAME`.
    ///
    /// ## Allowed values
    /// `RuntimeDefault`, `Localhost`, or no profile; in annotations `runtime/default`, `docker/default`, `localhost/*`,
    /// or none.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {seccompProfile: {type: Unconfined}}}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {seccompProfile: {type: RuntimeDefault}}}
    /// ```
    SECCOMP_PROFILE_UNCONFINED = {
        id: "seccomp-profile-unconfined",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-13", "seccompProfile_baseline"],
        look: Control(Control::baseline().replaced_in_restricted_since(19), seccomp_profile_unconfined),
    }
}

fn seccomp_profile_unconfined(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if pod.is_judged_since(19) {
        seccomp::report_unconfined(pod, findings);
    } else {
        report_annotations(pod, findings);
    }
}

/// What profiles were set by before there was a field.
fn report_annotations(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    let of_pod = "seccomp.security.alpha.kubernetes.io/pod";
    let of_container = "container.seccomp.security.alpha.kubernetes.io/";
    for (name, profile) in pod.pod_annotations() {
        let is_meant = name == of_pod
            || name
                .strip_prefix(of_container)
                .is_some_and(|named| pod.containers().any(|container| container.name() == named));
        let is_allowed =
            ["runtime/default", "docker/default"].contains(&profile) || profile.starts_with("localhost/");
        if is_meant && !is_allowed {
            findings
                .report(
                    pod.pod_annotation_path(name),
                    format!("the annotation sets the seccomp profile `{profile}`"),
                )
                .help("set it to `runtime/default`");
        }
    }
}
