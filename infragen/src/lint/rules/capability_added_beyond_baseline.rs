use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags containers with more capabilities than a runtime gives by itself.
    ///
    /// ## Why is this bad?
    /// Each such capability is a part of what root may do on the node: `NET_RAW` forges packets, `SYS_ADMIN` is nearly
    /// all. Control `capabilities_baseline` of the Pod Security level `baseline`, and so of `restricted` before 1.22;
    /// from there on, `restricted` has `capability-beyond-restricted` in its place.
    ///
    /// ## Fields
    /// `securityContext.capabilities.add` of all containers.
    ///
    /// ## Allowed values
    /// `AUDIT_WRITE`, `CHOWN`, `DAC_OVERRIDE`, `FOWNER`, `FSETID`, `KILL`, `MKNOD`, `NET_BIND_SERVICE`, `SETFCAP`,
    /// `SETGID`, `SETPCAP`, `SETUID`, `SYS_CHROOT`.
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {capabilities: {add: [NET_ADMIN]}}}
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
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}
    /// ```
    CAPABILITY_ADDED_BEYOND_BASELINE = {
        id: "capability-added-beyond-baseline",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-11", "SEC-12", "capabilities_baseline"],
        look: Control(Control::baseline().replaced_in_restricted_since(22), capability_added_beyond_baseline),
    }
}

const ALLOWED: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn capability_added_beyond_baseline(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for context in pod.container_contexts() {
        let field = ["capabilities", "add"];
        for (index, added) in context.at(&field).map_or(&[][..], Node::items).iter().enumerate() {
            if let Some(name) = added.as_str().filter(|name| !ALLOWED.contains(name)) {
                findings
                    .report(
                        context.path(&field).index(index),
                        format!("{context} adds the capability `{name}`"),
                    )
                    .help("remove it: no more is allowed than what runtimes give by themselves");
            }
        }
    }
}
