use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::lint::view::PROBES_AND_HOOKS;

declare_rule! {
    /// Flags probes and hooks that call a host of their own choice.
    ///
    /// ## Why is this bad?
    /// It is the kubelet that calls, from the node's network: so a Pod can make it ask, and learn from, what the Pod
    /// itself cannot reach. Control `hostProbesAndHostLifecycle` of the Pod Security level `baseline`, and so of
    /// `restricted`, since 1.34.
    ///
    /// ## Fields
    /// `httpGet.host` and `tcpSocket.host` of `livenessProbe`, `readinessProbe`, `startupProbe`, `lifecycle.postStart`
    /// and `lifecycle.preStop` of all containers.
    ///
    /// ## Allowed values
    /// An empty text, or none: then it is the Pod that is called.
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
    ///   - {name: web, image: "example/web:1.2.0", livenessProbe: {httpGet: {host: "10.0.0.1", port: 80}}}
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
    ///   - {name: web, image: "example/web:1.2.0", livenessProbe: {httpGet: {port: 80}}}
    /// ```
    HOST_IN_PROBE_OR_HOOK = {
        id: "host-in-probe-or-hook",
        category: PodSecurity,
        severity: Error,
        covers: ["PRB-08", "hostProbesAndHostLifecycle"],
        look: Control(Control::baseline().since(34), host_in_probe_or_hook),
    }
}

fn host_in_probe_or_hook(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for container in pod.containers() {
        for call in PROBES_AND_HOOKS {
            for means in ["httpGet", "tcpSocket"] {
                let host = container.at(call).and_then(|call| call.text_at(&[means, "host"]));
                if let Some(host) = host.filter(|host| !host.is_empty()) {
                    let (name, what) = (container.name(), call.join("."));
                    findings
                        .report(
                            container.path(call).fields(&[means, "host"]),
                            format!("`{what}` of container `{name}` calls the host `{host}`"),
                        )
                        .help("remove `host`: then the Pod itself is called");
                }
            }
        }
    }
}
