use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags settings of the kernel that a Pod has twice, or that it cannot have beside the node's network or memory.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `securityContext.sysctls[]` of Pods.
    ///
    /// ## Allowed values
    /// Each name once; none of `net.` with `hostNetwork`; none of `kernel.shm`, `kernel.msg`, `kernel.sem` and `fs.mqueue.`
    /// with `hostIPC`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}, {name: net.ipv4.tcp_syncookies, value: '0'}]}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    DUPLICATE_SYSCTL = {
        id: "duplicate-sysctl",
        category: Admission,
        severity: Error,
        look: Workload(&[], duplicate_sysctl),
    }
}

const OF_IPC: [&str; 4] = ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."];

fn duplicate_sysctl(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let sysctls = workload.pod(&["securityContext", "sysctls"]).map_or(&[][..], Node::items);
    let shares = |name: &str| workload.pod(&[name]).and_then(Node::as_bool) == Some(true);
    for (index, sysctl) in sysctls.iter().enumerate() {
        let Some(name) = sysctl.text_at(&["name"]).filter(|name| !name.is_empty()) else { continue };
        let twice = sysctls[..index].iter().any(|earlier| earlier.text_at(&["name"]) == Some(name));
        let dotted = name.replace('/', ".");
        let is_nodes = dotted.starts_with("net.") && shares("hostNetwork")
            || OF_IPC.iter().any(|start| dotted.starts_with(start)) && shares("hostIPC");
        let (message, help) = match (twice, is_nodes) {
            (true, _) => (format!("`{name}` is set twice"), "keep one of them"),
            (_, true) => (format!("`{name}` is the node's, which this Pod shares"), "remove it"),
            _ => continue,
        };
        let path = workload.pod_path(&["securityContext", "sysctls"]).index(index).field("name");
        findings.report(path, message).help(help);
    }
}
