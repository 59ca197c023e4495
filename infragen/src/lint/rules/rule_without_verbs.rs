use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags rules of Roles that lack verbs, API groups or resources, or mix resources and paths.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Role.
    ///
    /// ## Fields
    /// `rules[]` of Roles and ClusterRoles.
    ///
    /// ## Allowed values
    /// `verbs`, `apiGroups` and `resources`, each with at least one; or, in a ClusterRole, `verbs` and
    /// `nonResourceURLs`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules: [{apiGroups: [""], resources: [pods]}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
    /// ```
    RULE_WITHOUT_VERBS = {
        id: "rule-without-verbs",
        category: Admission,
        severity: Error,
        look: Object(&["Role", "ClusterRole"], rule_without_verbs),
    }
}

fn rule_without_verbs(role: &Object<'_>, findings: &mut Findings<'_>) {
    for (index, rule) in role.at(&["rules"]).map_or(&[][..], Node::items).iter().enumerate() {
        let has = |name: &str| rule.get(name).is_some_and(|node| !node.items().is_empty());
        let path = role.path(&["rules"]).index(index);
        let is_of_paths = has("nonResourceURLs");
        let asked = if is_of_paths { &["verbs"][..] } else { &["verbs", "apiGroups", "resources"][..] };
        for name in asked.iter().filter(|name| !has(name)) {
            findings
                .report(path.field(name), format!("the rule has no `{name}`"))
                .help(format!("name at least one of the `{name}`"));
        }
        let mixes = ["apiGroups", "resources", "resourceNames"].into_iter().any(has);
        if is_of_paths && (role.kind == "Role" || mixes) {
            findings
                .report(path.field("nonResourceURLs"), "paths stand in a rule about resources, or in a Role")
                .help("give paths a rule of their own, in a ClusterRole");
        }
    }
}
