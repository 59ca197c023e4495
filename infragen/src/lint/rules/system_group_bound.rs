use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags bindings that grant a role to everybody, or to those whom nothing restricts.
    ///
    /// ## Why is this bad?
    /// `system:anonymous` and `system:unauthenticated` are whoever reaches the API server, `system:authenticated` every
    /// service account too; `system:masters` cannot be revoked by any binding.
    ///
    /// ## Fields
    /// `subjects[]` of ClusterRoleBindings and RoleBindings.
    ///
    /// ## Allowed values
    /// Other subjects. Kubernetes' own roles for everybody, such as `system:public-info-viewer`, are left alone.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:authenticated"}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: operators}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
    /// subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:unauthenticated"}]
    /// ```
    SYSTEM_GROUP_BOUND = {
        id: "system-group-bound",
        category: Practice,
        severity: Warning,
        covers: ["RBC-11"],
        look: Object(&["ClusterRoleBinding", "RoleBinding"], system_group_bound),
    }
}

fn system_group_bound(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.node.text_at(&["roleRef", "name"]).is_some_and(|role| role.starts_with("system:")) {
        return;
    }
    for (index, subject) in object.at(&["subjects"]).map_or(&[][..], Node::items).iter().enumerate() {
        let Some(name) = subject.text_at(&["name"]).filter(|name| EVERYBODY.contains(name)) else { continue };
        if matches!(subject.text_at(&["kind"]), Some("Group" | "User")) {
            findings
                .report(
                    object.path(&["subjects"]).index(index).field("name"),
                    format!("the role is granted to all of `{name}`"),
                )
                .help("name a group of your own, or a service account");
        }
    }
}

const EVERYBODY: [&str; 4] =
    ["system:anonymous", "system:authenticated", "system:masters", "system:unauthenticated"];

#[cfg(test)]
mod tests {
    use super::SYSTEM_GROUP_BOUND;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("kind: User, name: \"system:anonymous\"", true),
            ("kind: Group, name: \"system:masters\"", true),
            ("kind: Group, name: \"system:serviceaccounts:a\"", false),
            ("kind: ServiceAccount, name: a", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: RoleBinding\nroleRef: {{kind: Role, name: a}}\nsubjects: [{{{case}}}]");
            assert_eq!(finds(&SYSTEM_GROUP_BOUND, &yaml), expected, "{case}");
        }
    }
}
