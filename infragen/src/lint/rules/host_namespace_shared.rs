use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that share the network, the processes or the shared memory of their node.
    ///
    /// ## Why is this bad?
    /// What the node's own programs and other Pods say and hold is open to such a Pod, and no network policy reaches
    /// it. Control `hostNamespaces` of the Pod Security level `baseline`, and so of `restricted`.
    ///
    /// ## Fields
    /// `spec.hostNetwork`, `spec.hostPID`, `spec.hostIPC`.
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
    ///   hostNetwork: true
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
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
    ///   hostNetwork: false
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    /// ```
    HOST_NAMESPACE_SHARED = {
        id: "host-namespace-shared",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-22", "SEC-23", "SEC-24", "hostNamespaces"],
        look: Control(Control::baseline(), host_namespace_shared),
    }
}

const SHARED: [(&str, &str); 3] =
    [("hostNetwork", "network"), ("hostPID", "processes"), ("hostIPC", "shared memory")];

fn host_namespace_shared(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for (field, what) in SHARED {
        if pod.pod(&[field]).and_then(Node::as_bool) == Some(true) {
            findings
                .report(pod.pod_path(&[field]), format!("the Pod shares the {what} of its node"))
                .help(format!("remove `{field}`"));
        }
    }
}
