use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Name, Scene, Where};
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags fields of a Pod, and amounts of its containers, that the downward API does not know.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `fieldRef` and `resourceFieldRef` of variables and of volumes.
    ///
    /// ## Allowed values
    /// `metadata.name`, `metadata.namespace`, `metadata.uid`, one label or annotation as `metadata.labels['app']`; for
    /// variables also `spec.nodeName`, `spec.serviceAccountName`, `status.hostIP`, `status.hostIPs`, `status.podIP` and
    /// `status.podIPs`; for volumes all `metadata.labels` or `metadata.annotations`. Amounts: `limits` and `requests` of
    /// `cpu`, `memory`, `ephemeral-storage` and huge pages, with `1m` or `1` as divisor of `cpu`, and powers of 1000 or 1024
    /// for the others.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: HOST, valueFrom: {fieldRef: {fieldPath: status.nodeIP}}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]
    /// ```
    UNKNOWN_DOWNWARD_FIELD = {
        id: "unknown-downward-field",
        category: Admission,
        severity: Error,
        look: Workload(&[], unknown_downward_field),
    }
}

/// What refers to a field.
enum Reference {
    Variable,
    File,
    Amount,
}

static REFERENCES: Fields<Reference> = Fields::new(&[
    (Where::Container("env[].valueFrom.fieldRef"), Reference::Variable),
    (Where::Projection("downwardAPI.items[].fieldRef"), Reference::File),
    (Where::Container("env[].valueFrom.resourceFieldRef"), Reference::Amount),
    (Where::Projection("downwardAPI.items[].resourceFieldRef"), Reference::Amount),
]);

const ALWAYS: [&str; 3] = ["metadata.name", "metadata.namespace", "metadata.uid"];
const OF_VARIABLES: [&str; 6] = [
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
const OF_FILES: [&str; 2] = ["metadata.labels", "metadata.annotations"];
const AMOUNTS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
const DIVISORS: [&str; 13] =
    ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

fn unknown_downward_field(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(workload) else { return };
    REFERENCES.each(&scene, |reference, node, spot| {
        let fields: &[&str] = match reference {
            Reference::Amount => return amount(node, findings, &|name| spot.path().field(name)),
            Reference::Variable => &OF_VARIABLES,
            Reference::File => &OF_FILES,
        };
        let Some(field) = node.text_at(&["fieldPath"]).filter(|field| !field.is_empty()) else { return };
        let is_known = match subscript(field) {
            Some(("metadata.labels", key)) => Name::Qualified.takes(key),
            Some(("metadata.annotations", key)) => Name::Qualified.takes(&key.to_lowercase()),
            Some(_) => false,
            None => ALWAYS.contains(&field) || fields.contains(&field),
        };
        if !is_known {
            let known: Vec<_> = ALWAYS.iter().chain(fields).map(|field| format!("`{field}`")).collect();
            findings
                .report(
                    spot.path().field("fieldPath"),
                    format!("`{field}` is no field that a Pod can be told"),
                )
                .help(format!("use one of {}, or a label as `metadata.labels['app']`", known.join(", ")));
        }
        if let Some(version) = node.text_at(&["apiVersion"]).filter(|version| !matches!(*version, "" | "v1"))
        {
            findings
                .report(
                    spot.path().field("apiVersion"),
                    format!("there is no Pod of the version `{version}`"),
                )
                .help("remove `apiVersion`");
        }
    });
}

/// `metadata.labels['app']`: the map, and the key.
fn subscript(field: &str) -> Option<(&str, &str)> {
    field.strip_suffix("']").and_then(|field| field.split_once("['"))
}

fn amount(node: &Node, findings: &mut Findings<'_>, path: &dyn Fn(&str) -> crate::node::FieldPath) {
    let Some(name) = node.text_at(&["resource"]).filter(|name| !name.is_empty()) else { return };
    let part = name.strip_prefix("limits.").or_else(|| name.strip_prefix("requests."));
    if !part.is_some_and(|part| AMOUNTS.contains(&part) || part.starts_with("hugepages-")) {
        findings
            .report(path("resource"), format!("`{name}` is no amount that a container can be told"))
            .help("use `limits` or `requests` of `cpu`, `memory` or `ephemeral-storage`, such as `limits.memory`");
    }
    let Some(divisor) = node.get("divisor").and_then(Quantity::of) else { return };
    let known = if part == Some("cpu") { &["1m", "1"][..] } else { &DIVISORS[..] };
    let is_known =
        divisor == Quantity::default() || known.iter().any(|known| Quantity::parse(known) == Some(divisor));
    if part.is_some() && !is_known {
        findings.report(path("divisor"), format!("`{name}` cannot be told in parts of this size")).help(
            if part == Some("cpu") { "use `1m` or `1`" } else { "use `1`, `1k`, `1Ki`, `1Mi` or the like" },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_DOWNWARD_FIELD;
    use crate::lint::testing::finds;

    #[test]
    fn variables_and_files_know_different_fields() {
        let variable = |source: &str| {
            format!("{{kind: Pod, spec: {{containers: [{{env: [{{name: A, valueFrom: {{{source}}}}}]}}]}}}}")
        };
        let file = |source: &str| {
            format!("{{kind: Pod, spec: {{volumes: [{{downwardAPI: {{items: [{{path: a, {source}}}]}}}}]}}}}")
        };
        let cases = [
            (variable("fieldRef: {fieldPath: status.podIP}"), false),
            (file("fieldRef: {fieldPath: status.podIP}"), true),
            (variable("fieldRef: {fieldPath: metadata.labels}"), true),
            (file("fieldRef: {fieldPath: metadata.labels}"), false),
            (variable("fieldRef: {fieldPath: \"metadata.labels['a.b/c']\"}"), false),
            (variable("fieldRef: {fieldPath: \"metadata.name['a']\"}"), true),
            (variable("fieldRef: {fieldPath: metadata.name, apiVersion: v2}"), true),
            (variable("resourceFieldRef: {resource: limits.cpu, divisor: 1m}"), false),
            (variable("resourceFieldRef: {resource: limits.cpu, divisor: 1Mi}"), true),
            (variable("resourceFieldRef: {resource: limits.memory, divisor: 1Mi}"), false),
            (file("resourceFieldRef: {resource: memory}"), true),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&UNKNOWN_DOWNWARD_FIELD, &yaml), expected, "{yaml}");
        }
    }
}
