use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Pods and containers without an AppArmor profile that confines them.
    ///
    /// ## Why is this bad?
    /// A container runtime confines each container by a default profile, where the node has AppArmor. Without it, a
    /// program that is broken into reaches more of the node. Control `appArmorProfile` of the Pod Security level
    /// `baseline`, and so of `restricted`.
    ///
    /// ## Fields
    /// `spec.securityContext.appArmorProfile.type`, `securityContext.appArmorProfile.type` of all containers, and the
    /// Pod's annotations `container.apparmor.security.beta.kubernetes.io/*`.
    ///
    /// ## Allowed values
    /// `RuntimeDefault`, `Localhost`, or no profile; in annotations `runtime/default`, `localhost/*`, or nothing.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {appArmorProfile: {type: Unconfined}}}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {appArmorProfile: {type: RuntimeDefault}}}
    /// ```
    APP_ARMOR_PROFILE_UNCONFINED = {
        id: "app-armor-profile-unconfined",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-16", "appArmorProfile"],
        look: Control(Control::baseline(), app_armor_profile_unconfined),
    }
}

const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn app_armor_profile_unconfined(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for context in pod.security_contexts() {
        let Some(profile) = context.at(&["appArmorProfile"]) else { continue };
        let name = profile.text_at(&["type"]).unwrap_or_default();
        if !["RuntimeDefault", "Localhost"].contains(&name) {
            findings
                .report(
                    context.path(&["appArmorProfile", "type"]),
                    format!("{context} has the AppArmor profile `{name}`"),
                )
                .help("remove `appArmorProfile`, or set its `type: RuntimeDefault`");
        }
    }
    for (name, profile) in pod.pod_annotations() {
        let is_allowed =
            profile.is_empty() || profile == "runtime/default" || profile.starts_with("localhost/");
        if let Some(container) = name.strip_prefix(ANNOTATION).filter(|_| !is_allowed) {
            findings
                .report(
                    pod.pod_annotation_path(name),
                    format!("container `{container}` has the AppArmor profile `{profile}`"),
                )
                .help("remove the annotation");
        }
    }
}
