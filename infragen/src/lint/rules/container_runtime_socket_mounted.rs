use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that mount the socket of the container runtime.
    ///
    /// ## Why is this bad?
    /// Whoever can write there starts privileged containers past the API server: it is root on the node, and nobody
    /// notices.
    ///
    /// ## Fields
    /// `volumes[].hostPath.path` of Pods.
    ///
    /// ## Allowed values
    /// Paths other than the sockets of Docker, containerd and CRI-O.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    ///   volumes: [{name: docker, hostPath: {path: /var/run/docker.sock}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    ///   volumes: [{name: log, hostPath: {path: /var/log}}]
    /// ```
    CONTAINER_RUNTIME_SOCKET_MOUNTED = {
        id: "container-runtime-socket-mounted",
        category: Practice,
        severity: Warning,
        covers: ["SEC-29"],
        look: Workload(&[], container_runtime_socket_mounted),
    }
}

fn container_runtime_socket_mounted(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in workload.pod(&["volumes"]).map_or(&[][..], Node::items).iter().enumerate() {
        let Some(path) = volume.text_at(&["hostPath", "path"]) else { continue };
        if SOCKETS.iter().any(|socket| path.trim_end_matches('/').ends_with(socket)) {
            let field = workload.pod_path(&["volumes"]).index(index).fields(&["hostPath", "path"]);
            findings
                .report(field, format!("the runtime's socket `{path}` is root on the node"))
                .help("build images without a daemon, and ask the API server for Pods");
        }
    }
}

const SOCKETS: [&str; 5] = [
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/cri-dockerd.sock",
    "/run/k3s/containerd/containerd.sock",
];

#[cfg(test)]
mod tests {
    use super::CONTAINER_RUNTIME_SOCKET_MOUNTED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("hostPath: {path: /run/containerd/containerd.sock}", true),
            ("hostPath: {path: /var/run/crio/crio.sock}", true),
            ("hostPath: {path: /srv/docker.sock.d}", false),
            ("emptyDir: {}", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{volumes: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&CONTAINER_RUNTIME_SOCKET_MOUNTED, &yaml), expected, "{case}");
        }
    }
}
