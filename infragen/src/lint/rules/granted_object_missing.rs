use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Keys, Target};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags roles that name an object which does not exist.
    ///
    /// ## Why is this bad?
    /// The program is refused what it asks for: the role is for an object of another name.
    ///
    /// ## Fields
    /// `rules[].resourceNames` of Roles about ConfigMaps, Secrets, Services, ServiceAccounts, claims, Deployments and
    /// StatefulSets, where the environment says what lives elsewhere. Rules that let somebody create such objects are
    /// left alone.
    ///
    /// ## Allowed values
    /// Names of objects of the same namespace.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules: [{apiGroups: [""], resources: [configmaps], resourceNames: [wbe], verbs: [get]}]
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: web}
    /// rules: [{apiGroups: [""], resources: [configmaps], resourceNames: [web], verbs: [get]}]
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    GRANTED_OBJECT_MISSING = {
        id: "granted-object-missing",
        category: Reference,
        severity: Warning,
        look: Bundle(granted_object_missing),
    }
}

fn granted_object_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for role in graph.of_kind("Role") {
        let creates = |rule: &Node| texts(rule, "verbs").any(|verb| matches!(verb, "create" | "*"));
        let rules = role.at(&["rules"]).map_or(&[][..], Node::items);
        // What the program makes itself is not there yet.
        let made: Vec<_> =
            rules.iter().filter(|rule| creates(rule)).flat_map(|rule| texts(rule, "resources")).collect();
        for (index, rule) in rules.iter().enumerate() {
            let kinds: Option<Vec<_>> = texts(rule, "resources").map(kind).collect();
            let Some(kinds) =
                kinds.filter(|_| !texts(rule, "resources").any(|resource| made.contains(&resource)))
            else {
                continue;
            };
            for (position, name) in texts(rule, "resourceNames").enumerate() {
                let is_there = |kind: &&str| match *kind {
                    "Secret" | "ConfigMap" => graph.keys(role, kind, name) != Keys::NoObject,
                    kind => !matches!(graph.target(role, kind, name), Target::Nothing),
                };
                if !kinds.iter().any(is_there) {
                    let path = role.path(&["rules"]).index(index).field("resourceNames").index(position);
                    let message = format!("there is no {} `{name}`", kinds.join(" or "));
                    findings
                        .report_on(role, path, message)
                        .help(format!("name an object that is there, or declare `{name}` as an external"));
                }
            }
        }
    }
}

fn texts<'n>(rule: &'n Node, list: &str) -> impl Iterator<Item = &'n str> {
    rule.get(list).map_or(&[][..], Node::items).iter().filter_map(Node::as_str)
}

/// The kind behind a resource's name.
fn kind(resource: &str) -> Option<&'static str> {
    Some(match resource {
        "configmaps" => "ConfigMap",
        "secrets" => "Secret",
        "services" => "Service",
        "serviceaccounts" => "ServiceAccount",
        "persistentvolumeclaims" => "PersistentVolumeClaim",
        "deployments" | "deployments/scale" => "Deployment",
        "statefulsets" | "statefulsets/scale" => "StatefulSet",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::GRANTED_OBJECT_MISSING;
    use crate::lint::testing::{messages, messages_of_foreign};

    #[test]
    fn what_a_program_makes_itself_may_be_missing() {
        let role = |rules: &str| format!("kind: Role\nmetadata: {{name: r}}\nrules: [{rules}]\n");
        let named = "{resources: [configmaps], resourceNames: [lock], verbs: [get, update]}";
        let cases = [
            (named.to_owned(), 1),
            (format!("{named}, {{resources: [configmaps], verbs: [create]}}"), 0),
            ("{resources: [leases], resourceNames: [lock], verbs: [get]}".to_owned(), 0),
            ("{resources: [configmaps], verbs: [get]}".to_owned(), 0),
        ];
        for (rules, count) in cases {
            assert_eq!(messages(&GRANTED_OBJECT_MISSING, &role(&rules)).len(), count, "{rules}");
        }
        assert!(messages_of_foreign(&GRANTED_OBJECT_MISSING, &role(named)).is_empty());
    }
}
