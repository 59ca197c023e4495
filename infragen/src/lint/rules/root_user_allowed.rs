use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod, SecurityContext};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags containers that may run as root.
    ///
    /// ## Why is this bad?
    /// Root inside a container is root on the node, should it get out. With `runAsNonRoot`, the kubelet starts no
    /// program of the user 0, whatever the image says. Control `runAsNonRoot` of the Pod Security level `restricted`.
    ///
    /// ## Fields
    /// `spec.securityContext.runAsNonRoot`, and `securityContext.runAsNonRoot` of all containers.
    ///
    /// ## Allowed values
    /// `true` for the Pod or for each container, and nowhere `false`; anything in a Pod with `hostUsers: false`, since
    /// 1.35.
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
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {runAsNonRoot: false}}
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
    ///   securityContext: {runAsNonRoot: true}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {runAsNonRoot: true}}
    /// ```
    ROOT_USER_ALLOWED = {
        id: "root-user-allowed",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-03", "SEC-21", "runAsNonRoot"],
        look: Control(Control::restricted(), root_user_allowed),
    }
}

const FIELD: [&str; 1] = ["runAsNonRoot"];

fn root_user_allowed(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if pod.is_judged_since(35) && pod.is_in_user_namespace() {
        return;
    }
    let value = |context: &SecurityContext<'_>| context.at(&FIELD).and_then(Node::as_bool);
    let said_by_pod = value(&pod.security_context());
    for context in pod.security_contexts().filter(|context| value(context) == Some(false)) {
        findings
            .report(context.path(&FIELD), format!("{context} allows the user root"))
            .help("set `securityContext.runAsNonRoot: true`");
    }
    // Where the Pod itself says false, it was told above.
    for context in
        pod.container_contexts().filter(|context| said_by_pod.is_none() && value(context).is_none())
    {
        findings
            .report(context.path(&FIELD), format!("{context} may run as root"))
            .help("set `securityContext.runAsNonRoot: true` for the Pod");
    }
}
