use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags bindings to the role `cluster-admin`.
    ///
    /// ## Why is this bad?
    /// Its holder may do everything, with every object there is and will be. A program that was broken into takes the
    /// cluster with it.
    ///
    /// ## Fields
    /// `roleRef` of ClusterRoleBindings and RoleBindings.
    ///
    /// ## Allowed values
    /// Roles that name what is needed.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: web}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: web}]
    /// ```
    CLUSTER_ADMIN_BOUND = {
        id: "cluster-admin-bound",
        category: Practice,
        severity: Warning,
        covers: ["RBC-01"],
        look: Object(&["ClusterRoleBinding", "RoleBinding"], cluster_admin_bound),
    }
}

fn cluster_admin_bound(object: &Object<'_>, findings: &mut Findings<'_>) {
    let role = |name| object.node.text_at(&["roleRef", name]);
    if role("kind") == Some("ClusterRole") && role("name") == Some("cluster-admin") {
        findings
            .report(object.path(&["roleRef", "name"]), "the subjects may do everything")
            .help("bind a role that names what they need");
    }
}
