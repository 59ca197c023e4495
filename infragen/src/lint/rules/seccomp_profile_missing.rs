use crate::lint::findings::Findings;
use crate::lint::pod_security::seccomp::{self, Profile};
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags containers whose system calls nothing filters.
    ///
    /// ## Why is this bad?
    /// Unless the kubelet is told otherwise, a container without a profile may make every system call, and most ways
    /// out of a container begin with one that hardly any program needs. Control `seccompProfile_restricted` of the Pod
    /// Security level `restricted`, since 1.19.
    ///
    /// ## Fields
    /// `spec.securityContext.seccompProfile.type`, and `securityContext.seccompProfile.type` of all containers; since
    /// 1.25 not of a Pod with `os.name: windows`.
    ///
    /// ## Allowed values
    /// `RuntimeDefault` or `Localhost` for the Pod or for each container, and nowhere another.
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
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   securityContext: {seccompProfile: {type: Unconfined}}
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
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
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
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
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {seccompProfile: {type: RuntimeDefault}}}
    /// ```
    SECCOMP_PROFILE_MISSING = {
        id: "seccomp-profile-missing",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-14", "SEC-15", "seccompProfile_restricted"],
        look: Control(Control::restricted().since(19), seccomp_profile_missing),
    }
}

fn seccomp_profile_missing(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if pod.is_judged_since(25) && pod.is_windows() {
        return;
    }
    seccomp::report_unconfined(pod, findings);
    // Where the Pod itself has a wrong one, that was told above.
    if Profile::of(&pod.security_context()) == Profile::Unset {
        for context in pod.container_contexts().filter(|context| Profile::of(context) == Profile::Unset) {
            findings
                .report(
                    context.path(&["seccompProfile", "type"]),
                    format!("{context} has no seccomp profile"),
                )
                .help("set `securityContext.seccompProfile.type: RuntimeDefault` for the Pod");
        }
    }
}
