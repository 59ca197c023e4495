use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags bindings to a service account that does not exist.
    ///
    /// ## Why is this bad?
    /// The role is granted to nobody, until somebody makes an account of that name and is surprised at what it may do.
    ///
    /// ## Fields
    /// `subjects[]` of kind `ServiceAccount` of RoleBindings and ClusterRoleBindings. Accounts of namespaces that the
    /// documents show nothing of are passed over, unless one of the same name stands in another.
    ///
    /// ## Allowed values
    /// Name and namespace of a ServiceAccount, here or external; `default`, which every namespace has.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: wbe, namespace: shop}]
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
    BOUND_ACCOUNT_MISSING = {
        id: "bound-account-missing",
        category: Reference,
        severity: Warning,
        covers: ["RBC-12", "OBJ-15"],
        look: Bundle(bound_account_missing),
    }
}

fn bound_account_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() && !graph.lists("ServiceAccount") {
        return;
    }
    for binding in ["RoleBinding", "ClusterRoleBinding"].iter().flat_map(|kind| graph.of_kind(kind)) {
        for (index, subject) in binding.at(&["subjects"]).map_or(&[][..], Node::items).iter().enumerate() {
            let (Some("ServiceAccount"), Some(name)) =
                (subject.text_at(&["kind"]), subject.text_at(&["name"]))
            else {
                continue;
            };
            let namespace = subject.text_at(&["namespace"]).or(binding.namespace);
            let meant = Object { namespace, ..*binding };
            if name == "default" || !matches!(graph.target(&meant, "ServiceAccount", name), Target::Nothing) {
                continue;
            }
            let elsewhere = graph.of_kind("ServiceAccount").find(|account| account.name == name);
            let is_shown = namespace.is_none_or(|namespace| {
                graph
                    .objects()
                    .iter()
                    .any(|object| object.namespace == Some(namespace) && object.kind != binding.kind)
            });
            let (field, message) = match elsewhere.and_then(|account| account.namespace) {
                Some(other) => (
                    "namespace",
                    format!(
                        "the service account `{name}` is in the namespace `{other}`, not in `{}`",
                        namespace.unwrap_or_default()
                    ),
                ),
                None if is_shown => ("name", format!("there is no service account `{name}`")),
                None => continue,
            };
            findings
                .report_on(binding, binding.path(&["subjects"]).index(index).field(field), message)
                .help("name a ServiceAccount and its namespace, or declare it as an external");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BOUND_ACCOUNT_MISSING;
    use crate::lint::testing::finds;

    #[test]
    fn accounts_are_looked_for_where_something_is_known() {
        let cases = [
            ("{kind: ServiceAccount, name: web, namespace: a}", false),
            ("{kind: ServiceAccount, name: web}", false),
            ("{kind: ServiceAccount, name: default, namespace: a}", false),
            ("{kind: ServiceAccount, name: api, namespace: a}", true),
            ("{kind: ServiceAccount, name: web, namespace: b}", true),
            ("{kind: ServiceAccount, name: prometheus, namespace: monitoring}", false),
            ("{kind: ServiceAccount, name: elsewhere, namespace: a}", false),
            ("{kind: Group, name: \"system:serviceaccounts\"}", false),
            ("{kind: User, name: api}", false),
        ];
        for (subject, expected) in cases {
            let yaml = format!(
                "kind: RoleBinding\nmetadata: {{name: b, namespace: a}}\nsubjects: [{subject}]\n---\n\
                 kind: ServiceAccount\nmetadata: {{name: web, namespace: a}}\n---\n\
                 apiVersion: infragen.dev/v1\nkind: Facts\nexternals: [{{kind: ServiceAccount, name: elsewhere}}]\n"
            );
            assert_eq!(finds(&BOUND_ACCOUNT_MISSING, &yaml), expected, "{subject}");
        }
    }
}
