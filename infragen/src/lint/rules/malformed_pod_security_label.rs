use crate::lint::findings::Findings;
use crate::lint::pod_security::{Level, Version};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags labels of a Namespace that name no level or version of the Pod Security Standards.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Namespace. Were it taken, a misspelt level would be the strictest.
    ///
    /// ## Fields
    /// The labels `pod-security.kubernetes.io/enforce`, `audit` and `warn` of Namespaces, and those with `-version` behind.
    ///
    /// ## Allowed values
    /// `privileged`, `baseline` and `restricted`; `latest`, or a version such as `v1.34`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: web, labels: {pod-security.kubernetes.io/enforce: strict}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: web, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ```
    MALFORMED_POD_SECURITY_LABEL = {
        id: "malformed-pod-security-label",
        category: Admission,
        severity: Error,
        look: Object(&["Namespace"], malformed_pod_security_label),
    }
}

fn malformed_pod_security_label(namespace: &Object<'_>, findings: &mut Findings<'_>) {
    let place = ["metadata", "labels"];
    for label in namespace.at(&place).map_or(&[][..], Node::fields) {
        let (Some(name), Some(value)) =
            (label.name.strip_prefix("pod-security.kubernetes.io/"), label.node.as_text())
        else {
            continue;
        };
        let (is_right, help) = match name {
            "enforce" | "audit" | "warn" => {
                (value.parse::<Level>().is_ok(), "use `privileged`, `baseline` or `restricted`")
            }
            "enforce-version" | "audit-version" | "warn-version" => {
                (Version::from_label(value).is_some(), "use `latest`, or a version such as `v1.34`")
            }
            _ => continue,
        };
        if !is_right {
            findings
                .report(
                    namespace.path(&place).field(&label.name),
                    format!("`{value}` means nothing to Pod Security"),
                )
                .help(help);
        }
    }
}
