use crate::lint::findings::Findings;
use crate::lint::grammar::resource;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags scopes of a quota that the counted resources do not have, or that exclude each other.
    ///
    /// ## Why is this bad?
    /// The API server refuses the ResourceQuota.
    ///
    /// ## Fields
    /// `spec.scopes` and `spec.scopeSelector` of ResourceQuotas, with `spec.hard`.
    ///
    /// ## Allowed values
    /// `pods` with every scope but `VolumeAttributesClass`; `cpu` and `memory` with those but `BestEffort`; claims and
    /// `requests.storage` with `VolumeAttributesClass`; not `BestEffort` and `NotBestEffort`, or `Terminating` and `NotTerminating`
    /// together. In a selector, all but `PriorityClass` and `VolumeAttributesClass` with `operator: Exists`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: web}
    /// spec: {hard: {secrets: '5'}, scopes: [BestEffort]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: web}
    /// spec: {hard: {pods: '5'}, scopes: [BestEffort]}
    /// ```
    SCOPE_OF_OTHER_RESOURCE = {
        id: "scope-of-other-resource",
        category: Admission,
        severity: Error,
        look: Object(&["ResourceQuota"], scope_of_other_resource),
    }
}

const OF_PODS: [&str; 6] =
    ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];
const PAIRS: [[&str; 2]; 2] = [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]];

fn scope_of_other_resource(quota: &Object<'_>, findings: &mut Findings<'_>) {
    let hard = quota.at(&["spec", "hard"]).map_or(&[][..], Node::fields);
    let list = |place: &[&str]| quota.at(place).map_or(&[][..], Node::items);
    let plain = ["spec", "scopes"];
    let selected = ["spec", "scopeSelector", "matchExpressions"];
    let scopes: Vec<&str> = list(&plain).iter().filter_map(Node::as_str).collect();
    let selectors: Vec<&str> = list(&selected).iter().filter_map(|one| one.text_at(&["scopeName"])).collect();
    for (place, scopes) in [(&plain[..], &scopes), (&selected[..], &selectors)] {
        for (index, scope) in scopes.iter().enumerate() {
            if let Some(entry) = hard.iter().find(|entry| !suits(scope, &entry.name)) {
                findings
                    .report(
                        quota.path(place).index(index),
                        format!("`{}` has no scope `{scope}`", entry.name),
                    )
                    .help("give it a quota of its own, without this scope");
            }
        }
        for pair in PAIRS.iter().filter(|pair| pair.iter().all(|scope| scopes.contains(scope))) {
            findings
                .report(quota.path(place), format!("nothing is both `{}` and `{}`", pair[0], pair[1]))
                .help("make them two quotas");
        }
    }
    for (index, selector) in list(&selected).iter().enumerate() {
        let name = selector.text_at(&["scopeName"]).unwrap_or_default();
        let has_values = matches!(name, "PriorityClass" | "VolumeAttributesClass");
        if !has_values && !matches!(selector.text_at(&["operator"]), Some("Exists") | None) {
            findings
                .report(
                    quota.path(&selected).index(index).field("operator"),
                    format!("`{name}` has no values"),
                )
                .help("set `operator: Exists`");
        }
    }
}

/// Whether what is counted may have the scope; what is somebody else's always may.
fn suits(scope: &str, resource: &str) -> bool {
    if !resource::is_of_quotas(resource) || resource.contains('/') {
        return true;
    }
    match scope {
        "BestEffort" => resource == "pods",
        "Terminating"
        | "NotTerminating"
        | "NotBestEffort"
        | "PriorityClass"
        | "CrossNamespacePodAffinity" => resource == "pods" || OF_PODS.contains(&resource),
        "VolumeAttributesClass" => matches!(resource, "persistentvolumeclaims" | "requests.storage"),
        _ => true,
    }
}
