use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods and containers that are told to run as root.
    ///
    /// ## Why is this bad?
    /// Root inside a container is root on the node, should it get out. Control `runAsUser` of the Pod Security level
    /// `restricted`, since 1.23.
    ///
    /// ## Fields
    /// `spec.securityContext.runAsUser`, and `securityContext.runAsUser` of all containers.
    ///
    /// ## Allowed values
    /// Any but `0`, or none; anything in a Pod with `hostUsers: false`, since 1.35.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {runAsUser: 0}}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {runAsUser: 10001}}
    /// ```
    ROOT_USER_SET = {
        id: "root-user-set",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-04", "runAsUser"],
        look: Control(Control::restricted().since(23), root_user_set),
    }
}

fn root_user_set(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if pod.is_judged_since(35) && pod.is_in_user_namespace() {
        return;
    }
    for context in pod.security_contexts() {
        if context.at(&["runAsUser"]).and_then(Node::as_i64) == Some(0) {
            findings
                .report(context.path(&["runAsUser"]), format!("{context} runs as the user 0, which is root"))
                .help("set another user's number, or remove `runAsUser` where the image names one");
        }
    }
}
