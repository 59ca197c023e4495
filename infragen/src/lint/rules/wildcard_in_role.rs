use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags roles that grant everything of some sort.
    ///
    /// ## Why is this bad?
    /// Nobody knows what they grant: with each definition that is added to the cluster it is more. An asterisk for
    /// verbs grants `escalate` and `bind` too, with which one grants oneself the rest.
    ///
    /// ## Fields
    /// `rules[].apiGroups`, `rules[].resources` and `rules[].verbs` of Roles and ClusterRoles.
    ///
    /// ## Allowed values
    /// Names.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: ["*"], verbs: [get]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [pods], verbs: [get, list, watch]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {nonResourceURLs: ["*"], verbs: [get]}
    /// ```
    WILDCARD_IN_ROLE = {
        id: "wildcard-in-role",
        category: Practice,
        severity: Warning,
        covers: ["RBC-02"],
        look: Object(&["Role", "ClusterRole"], wildcard_in_role),
    }
}

fn wildcard_in_role(object: &Object<'_>, findings: &mut Findings<'_>) {
    for (index, rule) in object.at(&["rules"]).map_or(&[][..], Node::items).iter().enumerate() {
        for list in ["apiGroups", "resources", "verbs"] {
            let items = rule.get(list).map_or(&[][..], Node::items);
            if let Some(at) = items.iter().position(|item| item.as_str() == Some("*")) {
                findings
                    .report(
                        object.path(&["rules"]).index(index).field(list).index(at),
                        format!("the role grants every one of `{list}`"),
                    )
                    .help("name those that are needed");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WILDCARD_IN_ROLE;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("apiGroups: [\"*\"], resources: [pods], verbs: [get]", true),
            ("apiGroups: [\"\"], resources: [pods], verbs: [\"*\"]", true),
            ("apiGroups: [\"\"], resources: [\"pods/*\"], verbs: [get]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ClusterRole\nrules: [{{{case}}}]");
            assert_eq!(finds(&WILDCARD_IN_ROLE, &yaml), expected, "{case}");
        }
    }
}
