use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::grants;

declare_rule! {
    /// Flags roles that reach the kubelet of nodes.
    ///
    /// ## Why is this bad?
    /// By the kubelet one runs commands in every Pod of the node, past admission and past the audit log.
    ///
    /// ## Fields
    /// `rules[]` of Roles and ClusterRoles. What an asterisk grants is told by `wildcard-in-role`.
    ///
    /// ## Allowed values
    /// Rules without `nodes/proxy`; metrics have a resource of their own, `nodes/metrics`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [nodes/proxy], verbs: [get]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [nodes/metrics], verbs: [get]}
    /// ```
    NODE_PROXY_GRANTED = {
        id: "node-proxy-granted",
        category: Practice,
        severity: Warning,
        covers: ["RBC-09"],
        look: Object(&["Role", "ClusterRole"], node_proxy_granted),
    }
}

fn node_proxy_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(&[""], &["nodes/proxy"], &["get", "create", "update", "patch", "delete", "*"]) {
            findings
                .report(grant.path, "the role reaches everything that the kubelets serve")
                .help("grant `nodes/metrics`, `nodes/stats` or `nodes/log`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NODE_PROXY_GRANTED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("apiGroups: [\"\"], resources: [nodes, nodes/proxy], verbs: [\"*\"]", true),
            ("apiGroups: [\"\"], resources: [nodes], verbs: [get]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ClusterRole\nrules: [{{{case}}}]");
            assert_eq!(finds(&NODE_PROXY_GRANTED, &yaml), expected, "{case}");
        }
    }
}
