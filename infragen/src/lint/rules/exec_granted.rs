use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::grants;

declare_rule! {
    /// Flags roles that let somebody run commands in Pods.
    ///
    /// ## Why is this bad?
    /// Whoever may, acts as each Pod of the namespace: with its service account, its Secrets and its network. No audit
    /// log shows what was typed.
    ///
    /// ## Fields
    /// `rules[]` of Roles and ClusterRoles. What an asterisk grants is told by `wildcard-in-role`.
    ///
    /// ## Allowed values
    /// Rules without `pods/exec` and `pods/attach`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [pods/exec], verbs: [create]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
    /// ```
    EXEC_GRANTED = {
        id: "exec-granted",
        category: Practice,
        severity: Warning,
        covers: ["RBC-05"],
        look: Object(&["Role", "ClusterRole"], exec_granted),
    }
}

fn exec_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(&[""], &["pods/exec", "pods/attach"], &["create", "get", "*"]) {
            findings
                .report(grant.path, "the role lets its holder run commands in every Pod that it reaches")
                .help("grant it for the time of need, to people");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EXEC_GRANTED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("apiGroups: [\"\"], resources: [pods/attach], verbs: [get]", true),
            ("apiGroups: [other], resources: [pods/exec], verbs: [create]", false),
            ("apiGroups: [\"\"], resources: [pods], verbs: [create]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ClusterRole\nrules: [{{{case}}}]");
            assert_eq!(finds(&EXEC_GRANTED, &yaml), expected, "{case}");
        }
    }
}
