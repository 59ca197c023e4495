use crate::lint::findings::Findings;
use crate::lint::grammar::Name;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags subjects of bindings whose API group or namespace is not of their kind.
    ///
    /// ## Why is this bad?
    /// The API server refuses the binding.
    ///
    /// ## Fields
    /// `subjects[]` of RoleBindings and ClusterRoleBindings.
    ///
    /// ## Allowed values
    /// For a ServiceAccount no `apiGroup`, a DNS name, and in a ClusterRoleBinding a `namespace`; for a User or a Group
    /// `apiGroup: rbac.authorization.k8s.io`, or none.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects: [{kind: ServiceAccount, name: web}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: team}]
    /// ```
    CONTRADICTORY_SUBJECT = {
        id: "contradictory-subject",
        category: Admission,
        severity: Error,
        look: Object(&["RoleBinding", "ClusterRoleBinding"], contradictory_subject),
    }
}

fn contradictory_subject(binding: &Object<'_>, findings: &mut Findings<'_>) {
    for (index, subject) in binding.at(&["subjects"]).map_or(&[][..], Node::items).iter().enumerate() {
        let text = |name: &str| subject.text_at(&[name]).unwrap_or_default();
        let mut report = |field: &str, message: String, help: &str| {
            findings.report(binding.path(&["subjects"]).index(index).field(field), message).help(help);
        };
        let (name, group) = (text("name"), text("apiGroup"));
        match text("kind") {
            "ServiceAccount" => {
                if !group.is_empty() {
                    report("apiGroup", format!("a ServiceAccount is not of `{group}`"), "remove `apiGroup`");
                }
                if binding.kind == "ClusterRoleBinding" && text("namespace").is_empty() {
                    report("namespace", format!("the account `{name}` has no namespace"), "set `namespace`");
                }
                if !name.is_empty() && !Name::Subdomain.takes(name) {
                    report(
                        "name",
                        format!("`{name}` is no ServiceAccount"),
                        "write the account's name alone",
                    );
                }
            }
            "User" | "Group" if !matches!(group, "" | "rbac.authorization.k8s.io") => {
                report("apiGroup", format!("there are no users of `{group}`"), "remove `apiGroup`");
            }
            _ => {}
        }
    }
}
