use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that mount folders which the node itself lives in.
    ///
    /// ## Why is this bad?
    /// Credentials of the kubelet, binaries of the node and devices stand there: who reads them acts as the node, who
    /// writes them owns it.
    ///
    /// ## Fields
    /// `volumes[].hostPath.path` of Pods.
    ///
    /// ## Allowed values
    /// Paths other than `/`, `/boot`, `/dev`, `/etc`, `/lib`, `/proc`, `/root`, `/sys`, `/usr` and `/var/lib/kubelet`
    /// as a whole; what is below them is left alone.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    ///   volumes: [{name: etc, hostPath: {path: /etc}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    ///   volumes: [{name: zone, hostPath: {path: /etc/localtime}}]
    /// ```
    SENSITIVE_HOST_PATH = {
        id: "sensitive-host-path",
        category: Practice,
        severity: Warning,
        covers: ["SEC-27"],
        look: Workload(&[], sensitive_host_path),
    }
}

fn sensitive_host_path(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in workload.pod(&["volumes"]).map_or(&[][..], Node::items).iter().enumerate() {
        let Some(path) = volume.text_at(&["hostPath", "path"]) else { continue };
        if SENSITIVE.contains(&path.trim_end_matches('/')) {
            let field = workload.pod_path(&["volumes"]).index(index).fields(&["hostPath", "path"]);
            findings
                .report(field, format!("the folder `{path}` of the node is open to the Pod"))
                .help("mount what is needed of it alone, read-only");
        }
    }
}

/// Without the slash at the end, so that the root is empty.
const SENSITIVE: [&str; 10] =
    ["", "/boot", "/dev", "/etc", "/lib", "/proc", "/root", "/sys", "/usr", "/var/lib/kubelet"];

#[cfg(test)]
mod tests {
    use super::SENSITIVE_HOST_PATH;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("hostPath: {path: /}", true),
            ("hostPath: {path: /proc/}", true),
            ("hostPath: {path: /etc/ssl/certs}", false),
            ("hostPath: {path: /data}", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{volumes: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&SENSITIVE_HOST_PATH, &yaml), expected, "{case}");
        }
    }
}
