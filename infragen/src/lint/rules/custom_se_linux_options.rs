use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods and containers that choose their own SELinux user, role, or an uncommon type.
    ///
    /// ## Why is this bad?
    /// On nodes with SELinux these are what keeps a container from the node's files and from other containers. Control
    /// `seLinuxOptions` of the Pod Security level `baseline`, and so of `restricted`.
    ///
    /// ## Fields
    /// `type`, `user` and `role` in `seLinuxOptions` of `spec.securityContext` and of all containers'
    /// `securityContext`.
    ///
    /// ## Allowed values
    /// Types `container_t`, `container_init_t`, `container_kvm_t`, since 1.31 `container_engine_t`, or none; no user
    /// and no role.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {seLinuxOptions: {type: spc_t}}}
    /// ```
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {seLinuxOptions: {role: system_r}}}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {seLinuxOptions: {type: container_init_t}}}
    /// ```
    CUSTOM_SE_LINUX_OPTIONS = {
        id: "custom-se-linux-options",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-17", "seLinuxOptions"],
        look: Control(Control::baseline(), custom_se_linux_options),
    }
}

const TYPES: [&str; 4] = ["", "container_t", "container_init_t", "container_kvm_t"];

fn custom_se_linux_options(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    let is_allowed = |field: &str, value: &str| match field {
        "type" => TYPES.contains(&value) || (value == "container_engine_t" && pod.is_judged_since(31)),
        _ => value.is_empty(),
    };
    for context in pod.security_contexts() {
        for field in ["type", "user", "role"] {
            let path = ["seLinuxOptions", field];
            let value = context.at(&path).and_then(Node::as_str).unwrap_or_default();
            if !is_allowed(field, value) {
                findings
                    .report(context.path(&path), format!("{context} has the SELinux {field} `{value}`"))
                    .help(format!("remove `seLinuxOptions.{field}`"));
            }
        }
    }
}
