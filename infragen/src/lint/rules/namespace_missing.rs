use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags objects in a namespace that does not exist.
    ///
    /// ## Why is this bad?
    /// The API server refuses them, unless somebody else made the namespace before.
    ///
    /// ## Fields
    /// `metadata.namespace` of all objects of an environment.
    ///
    /// ## Allowed values
    /// The name of a Namespace, here or external; `default` and `kube-…`, which every cluster has.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: shpo}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: shop}
    /// ```
    NAMESPACE_MISSING = {
        id: "namespace-missing",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-41"],
        look: Bundle(namespace_missing),
    }
}

fn namespace_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for object in graph.objects() {
        let Some(name) = object.namespace else { continue };
        let is_built_in = name == "default" || name.starts_with("kube-");
        if !is_built_in && matches!(graph.target(object, "Namespace", name), Target::Nothing) {
            findings
                .report_on(
                    object,
                    object.path(&["metadata", "namespace"]),
                    format!("there is no Namespace `{name}`"),
                )
                .help("name a Namespace that is there");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NAMESPACE_MISSING;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn foreign_documents_are_left_alone() {
        let yaml =
            "kind: Namespace\nmetadata: {name: a}\n---\nkind: Pod\nmetadata: {name: p, namespace: b}\n";
        assert!(finds(&NAMESPACE_MISSING, yaml));
        assert!(messages_of_foreign(&NAMESPACE_MISSING, yaml).is_empty());
        assert!(!finds(&NAMESPACE_MISSING, &yaml.replace("namespace: b", "namespace: kube-system")));
        assert!(finds(&NAMESPACE_MISSING, "kind: Pod\nmetadata: {name: p, namespace: b}\n"));
    }
}
