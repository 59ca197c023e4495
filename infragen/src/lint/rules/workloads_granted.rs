use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::grants;

declare_rule! {
    /// Flags roles that create Pods, by themselves or by workloads.
    ///
    /// ## Why is this bad?
    /// Who creates Pods may run them as any service account of the namespace, and mount any of its Secrets. What
    /// deploys must: therefore the rule is optional.
    ///
    /// ## Fields
    /// `rules[]` of Roles and ClusterRoles. What an asterisk grants is told by `wildcard-in-role`.
    ///
    /// ## Allowed values
    /// Rules without the verb `create` on Pods and on what makes Pods.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [apps], resources: [deployments], verbs: [create]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
    /// ```
    WORKLOADS_GRANTED = {
        id: "workloads-granted",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RBC-04"],
        look: Object(&["Role", "ClusterRole"], workloads_granted),
    }
}

fn workloads_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(
            &["", "apps", "batch"],
            &[
                "pods",
                "deployments",
                "statefulsets",
                "daemonsets",
                "replicasets",
                "replicationcontrollers",
                "jobs",
                "cronjobs",
            ],
            &["create", "*"],
        ) {
            findings
                .report(grant.path, "the role runs Pods as any service account of its namespace")
                .help("leave `create` to what deploys");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WORKLOADS_GRANTED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("apiGroups: [batch], resources: [jobs], verbs: [create]", true),
            ("apiGroups: [\"\"], resources: [pods/eviction], verbs: [create]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ClusterRole\nrules: [{{{case}}}]");
            assert_eq!(finds(&WORKLOADS_GRANTED, &yaml), expected, "{case}");
        }
    }
}
