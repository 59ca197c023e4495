use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that set kernel parameters which are not known to concern them alone.
    ///
    /// ## Why is this bad?
    /// A kernel parameter without a namespace changes the node for all its Pods, or lets one Pod exhaust it. Control
    /// `sysctls` of the Pod Security level `baseline`, and so of `restricted`.
    ///
    /// ## Fields
    /// `spec.securityContext.sysctls[*].name`.
    ///
    /// ## Allowed values
    /// `kernel.shm_rmid_forced`, `net.ipv4.ip_local_port_range`, `net.ipv4.tcp_syncookies`,
    /// `net.ipv4.ping_group_range`, `net.ipv4.ip_unprivileged_port_start`; since 1.27
    /// `net.ipv4.ip_local_reserved_ports`; since 1.29 `net.ipv4.tcp_keepalive_time`, `net.ipv4.tcp_fin_timeout`,
    /// `net.ipv4.tcp_keepalive_intvl`, `net.ipv4.tcp_keepalive_probes`; since 1.32 `net.ipv4.tcp_rmem`,
    /// `net.ipv4.tcp_wmem`; since 1.37 `net.ipv4.tcp_slow_start_after_idle`, `net.ipv4.tcp_notsent_lowat`.
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
    ///   securityContext: {sysctls: [{name: kernel.msgmax, value: "65536"}]}
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
    ///   securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: "1"}]}
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    /// ```
    UNSAFE_SYSCTL = {
        id: "unsafe-sysctl",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-19", "sysctls"],
        look: Control(Control::baseline(), unsafe_sysctl),
    }
}

/// Each with the minor version since which it is allowed.
const ALLOWED: [(&str, u32); 14] = [
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
    ("net.ipv4.tcp_notsent_lowat", 37),
];

fn unsafe_sysctl(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    let context = pod.security_context();
    for (index, sysctl) in context.at(&["sysctls"]).map_or(&[][..], Node::items).iter().enumerate() {
        let name = sysctl.text_at(&["name"]).unwrap_or_default();
        if !ALLOWED.iter().any(|(allowed, since)| *allowed == name && pod.is_judged_since(*since)) {
            findings
                .report(
                    context.path(&["sysctls"]).index(index).field("name"),
                    format!("the Pod sets the kernel parameter `{name}`"),
                )
                .help("remove it, or have it set on the node");
        }
    }
}
