use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::grants;

declare_rule! {
    /// Flags roles that let somebody grant more than they have.
    ///
    /// ## Why is this bad?
    /// The API server lets nobody grant what they lack, except by `escalate` and `bind`; and who may impersonate is
    /// whoever they like.
    ///
    /// ## Fields
    /// `rules[]` of Roles and ClusterRoles. What an asterisk grants is told by `wildcard-in-role`.
    ///
    /// ## Allowed values
    /// Rules without the verbs `escalate` and `bind` on roles, and `impersonate` on users, groups and service accounts;
    /// or such rules with `resourceNames`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]}
    /// ```
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [users], verbs: [impersonate]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind], resourceNames: [view]}
    /// ```
    ESCALATION_GRANTED = {
        id: "escalation-granted",
        category: Practice,
        severity: Warning,
        covers: ["RBC-06"],
        look: Object(&["Role", "ClusterRole"], escalation_granted),
    }
}

fn escalation_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(
            &["", "rbac.authorization.k8s.io"],
            &["roles", "clusterroles", "users", "groups", "serviceaccounts"],
            &["escalate", "bind", "impersonate"],
        ) {
            findings
                .report(grant.path, "the role lets its holder grant or take any right")
                .help("name the few that are meant with `resourceNames`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ESCALATION_GRANTED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [escalate]", true),
            ("apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [get, list]", false),
            ("apiGroups: [\"\"], resources: [serviceaccounts], verbs: [create]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ClusterRole\nrules: [{{{case}}}]");
            assert_eq!(finds(&ESCALATION_GRANTED, &yaml), expected, "{case}");
        }
    }
}
