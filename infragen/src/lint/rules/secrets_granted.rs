use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::grants;

declare_rule! {
    /// Flags roles that read all Secrets of their namespace or cluster.
    ///
    /// ## Why is this bad?
    /// Tokens and passwords of every app are in reach of one. To list or watch is to read. Some controllers cannot do
    /// without: therefore the rule is optional.
    ///
    /// ## Fields
    /// `rules[]` of Roles and ClusterRoles. What an asterisk grants is told by `wildcard-in-role`.
    ///
    /// ## Allowed values
    /// Rules without `secrets`, or with `resourceNames`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [secrets], verbs: [list]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [web]}
    /// ```
    SECRETS_GRANTED = {
        id: "secrets-granted",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RBC-03"],
        look: Object(&["Role", "ClusterRole"], secrets_granted),
    }
}

fn secrets_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(&[""], &["secrets"], &["get", "list", "watch", "*"]) {
            findings
                .report(grant.path, "the role reads every Secret that it reaches")
                .help("name the Secrets with `resourceNames`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SECRETS_GRANTED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("apiGroups: [\"\"], resources: [configmaps, secrets], verbs: [watch]", true),
            ("apiGroups: [\"\"], resources: [secrets], verbs: [create]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ClusterRole\nrules: [{{{case}}}]");
            assert_eq!(finds(&SECRETS_GRANTED, &yaml), expected, "{case}");
        }
    }
}
