use crate::lint::findings::Findings;
use crate::lint::grammar::{Name, group};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags names of objects and namespaces that their kind does not take.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object. Many names end in host names or labels, which take few characters.
    ///
    /// ## Fields
    /// `metadata.name`, `metadata.generateName` and `metadata.namespace` of every object.
    ///
    /// ## Allowed values
    /// For most kinds a DNS subdomain (RFC 1123); for a Namespace a DNS label; for a Service a label, which had to
    /// begin with a letter before 1.36; for RBAC objects one segment of a path; for a CronJob at most 52 characters.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: Web_Settings}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web.settings}
    /// ```
    MALFORMED_OBJECT_NAME = {
        id: "malformed-object-name",
        category: Admission,
        severity: Error,
        covers: ["NAM-01"],
        look: Object(&[], malformed_object_name),
    }
}

fn malformed_object_name(object: &Object<'_>, findings: &mut Findings<'_>) {
    let mut check = |field: &str, grammar: Name, longest: usize| {
        let Some(name) = object.node.text_at(&["metadata", field]).filter(|name| !name.is_empty()) else {
            return;
        };
        // What is generated is longer: its end is made up, and counts for the grammar only.
        let whole = if field == "generateName" { format!("{name}x") } else { name.to_owned() };
        if !grammar.takes(&whole) || whole.len() > longest {
            findings
                .report(
                    object.path(&["metadata", field]),
                    format!("`{name}` is no {field} for {} {}", article(object.kind), object.kind),
                )
                .help(format!("it must be {}", limit(grammar, longest)));
        }
    };
    check("namespace", Name::Label, 63);
    if let Some((grammar, longest)) = of_kind(object) {
        check("name", grammar, longest);
        if longest > 63 || object.kind == "Job" {
            check("generateName", grammar, usize::MAX);
        }
    }
}

fn of_kind(object: &Object<'_>) -> Option<(Name, usize)> {
    if !group::is_own(object.api_version) {
        // OpenShift's own server takes names of its own.
        return (!object.api_version.contains(".openshift.io/")).then_some((Name::Subdomain, 253));
    }
    match object.kind {
        "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding" => Some((Name::Segment, usize::MAX)),
        "Namespace" | "Service" => Some((Name::Label, 63)),
        "CronJob" => Some((Name::Subdomain, 52)),
        "StatefulSet" => Some((Name::Label, 63)),
        // Its name is a label of its Pods.
        "Job" => Some((Name::Subdomain, 63)),
        "PodDisruptionBudget" => Some((Name::Segment, usize::MAX)),
        // These are told elsewhere.
        "ClusterTrustBundle" | "IPAddress" | "APIService" => None,
        _ => Some((Name::Subdomain, 253)),
    }
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

fn limit(grammar: Name, longest: usize) -> String {
    match longest {
        52 => format!("{}, at most 52 in all, as its Jobs' names are longer", grammar.asks()),
        _ => grammar.asks().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_OBJECT_NAME;
    use crate::lint::testing::finds;

    #[test]
    fn each_kind_has_its_own_names() {
        let long = "a".repeat(53);
        let cases = [
            ("v1", "Namespace", "a.b", true),
            ("v1", "Service", "a.b", true),
            ("v1", "Service", "web-1", false),
            ("serving.knative.dev/v1", "Service", "a.b", false),
            ("rbac.authorization.k8s.io/v1", "ClusterRole", "'system:Node_1'", false),
            ("rbac.authorization.k8s.io/v1", "Role", "a/b", true),
            ("batch/v1", "CronJob", long.as_str(), true),
            ("batch/v1", "Job", long.as_str(), false),
            ("image.openshift.io/v1", "ImageStreamTag", "'a:b'", false),
            ("example.com/v1", "Thing", "'a:b'", true),
            ("v1", "ConfigMap", "''", false),
        ];
        for (version, kind, name, expected) in cases {
            let yaml = format!("{{apiVersion: {version}, kind: {kind}, metadata: {{name: {name}}}}}");
            assert_eq!(finds(&MALFORMED_OBJECT_NAME, &yaml), expected, "{yaml}");
        }
    }

    #[test]
    fn a_prefix_may_end_with_a_hyphen() {
        assert!(!finds(&MALFORMED_OBJECT_NAME, "{kind: Job, metadata: {generateName: web-}}"));
        assert!(finds(&MALFORMED_OBJECT_NAME, "{kind: Job, metadata: {generateName: web_}}"));
    }
}
