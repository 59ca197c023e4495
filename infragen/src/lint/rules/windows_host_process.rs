use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods and containers that run as processes of a Windows node.
    ///
    /// ## Why is this bad?
    /// Such a process is not contained at all: it has the node's files, network and rights. Control
    /// `windowsHostProcess` of the Pod Security level `baseline`, and so of `restricted`.
    ///
    /// ## Fields
    /// `windowsOptions.hostProcess` of `spec.securityContext` and of all containers' `securityContext`.
    ///
    /// ## Allowed values
    /// `false`, or none.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {windowsOptions: {hostProcess: true}}}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {windowsOptions: {hostProcess: false}}}
    /// ```
    WINDOWS_HOST_PROCESS = {
        id: "windows-host-process",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-20", "windowsHostProcess"],
        look: Control(Control::baseline(), windows_host_process),
    }
}

fn windows_host_process(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    let field = ["windowsOptions", "hostProcess"];
    for context in pod.security_contexts() {
        if context.at(&field).and_then(Node::as_bool) == Some(true) {
            findings
                .report(context.path(&field), format!("{context} runs as a process of the node"))
                .help("remove `windowsOptions.hostProcess`");
        }
    }
}
