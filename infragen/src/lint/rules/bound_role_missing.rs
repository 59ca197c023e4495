use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags bindings of a role that does not exist.
    ///
    /// ## Why is this bad?
    /// They grant nothing, and each call that they were made for is forbidden. `roleRef` cannot be changed afterwards.
    ///
    /// ## Fields
    /// `roleRef` of RoleBindings and ClusterRoleBindings.
    ///
    /// ## Allowed values
    /// A Role of the same namespace or a ClusterRole, here or external; those that every cluster has: `cluster-admin`,
    /// `admin`, `edit`, `view` and `system:…`. Outside of environments ClusterRoles are looked for only where the
    /// documents hold some.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: wbe}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web, namespace: shop}
    /// rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web, namespace: shop}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web, namespace: shop}
    /// rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web, namespace: shop}
    /// ```
    BOUND_ROLE_MISSING = {
        id: "bound-role-missing",
        category: Reference,
        severity: Error,
        covers: ["RBC-12", "OBJ-14"],
        look: Bundle(bound_role_missing),
    }
}

fn bound_role_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for binding in ["RoleBinding", "ClusterRoleBinding"].iter().flat_map(|kind| graph.of_kind(kind)) {
        let reference = |name| binding.node.text_at(&["roleRef", name]);
        let (Some(kind), Some(name)) = (reference("kind"), reference("name")) else { continue };
        let may_be_known = match kind {
            "Role" => true,
            "ClusterRole" => !is_built_in(name) && (graph.is_complete() || graph.lists("ClusterRole")),
            _ => false,
        };
        if binding.is_in_group("rbac.authorization.k8s.io")
            && may_be_known
            && matches!(graph.target(binding, kind, name), Target::Nothing)
        {
            findings
                .report_on(
                    binding,
                    binding.path(&["roleRef", "name"]),
                    format!("there is no {kind} `{name}` to bind"),
                )
                .help(format!("add the {kind} `{name}`, or name one that is there"));
        }
    }
}

/// Whether the API server makes the role itself.
fn is_built_in(cluster_role: &str) -> bool {
    matches!(cluster_role, "cluster-admin" | "admin" | "edit" | "view") || cluster_role.starts_with("system:")
}

#[cfg(test)]
mod tests {
    use super::BOUND_ROLE_MISSING;
    use crate::lint::testing::{finds, messages_of_foreign};

    fn binding(kind: &str, namespace: &str, role: &str) -> String {
        format!(
            "kind: {kind}\nmetadata: {{name: b, namespace: {namespace}}}\nroleRef: {{{role}}}\n---\n\
             kind: Role\nmetadata: {{name: r, namespace: a}}\n---\n"
        )
    }

    #[test]
    fn a_role_is_looked_for_where_it_must_be() {
        let cases = [
            ("RoleBinding", "a", "kind: Role, name: r", false),
            ("RoleBinding", "b", "kind: Role, name: r", true),
            ("RoleBinding", "b", "kind: ClusterRole, name: c", false),
            ("RoleBinding", "b", "kind: ClusterRole, name: view", false),
            ("ClusterRoleBinding", "\"\"", "kind: ClusterRole, name: system:auth-delegator", false),
            ("ClusterRoleBinding", "\"\"", "kind: ClusterRole, name: none", true),
        ];
        for (kind, namespace, role, expected) in cases {
            let yaml = binding(kind, namespace, role) + "kind: ClusterRole\nmetadata: {name: c}\n";
            assert_eq!(finds(&BOUND_ROLE_MISSING, &yaml), expected, "{kind} {namespace} {role}");
        }
    }

    #[test]
    fn cluster_roles_of_somebody_else_are_left_alone() {
        let yaml = binding("RoleBinding", "a", "kind: ClusterRole, name: operator");
        assert!(messages_of_foreign(&BOUND_ROLE_MISSING, &yaml).is_empty());
    }
}
