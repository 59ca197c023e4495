use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::schema::Kind;

declare_rule! {
    /// Flags objects of an environment that do not say which namespace they are for.
    ///
    /// ## Why is this bad?
    /// They land wherever the one who applies them happens to be: mostly in `default`, where nothing that names them
    /// looks.
    ///
    /// ## Fields
    /// `metadata.namespace` of objects of an environment that has a Namespace, for kinds that live in one.
    ///
    /// ## Allowed values
    /// The name of the namespace.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
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
    OBJECT_WITHOUT_NAMESPACE = {
        id: "object-without-namespace",
        category: Reference,
        severity: Warning,
        look: Bundle(object_without_namespace),
    }
}

fn object_without_namespace(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let Some(namespace) = graph.of_kind("Namespace").next().filter(|_| graph.is_complete()) else { return };
    for object in graph.objects().iter().filter(|object| object.namespace.is_none()) {
        let kind = Kind::find(object.api_version, object.kind);
        if kind.is_some_and(|kind| kind.is_namespaced()) {
            let message = format!("this {} does not say which namespace it is for", object.kind);
            findings
                .report_on(object, object.path(&["metadata", "namespace"]), message)
                .help(format!("set `metadata.namespace: {}`", namespace.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OBJECT_WITHOUT_NAMESPACE;
    use crate::lint::testing::{messages, messages_of_foreign};

    #[test]
    fn what_lives_in_no_namespace_names_none() {
        for (object, count) in [
            ("apiVersion: v1\nkind: Secret", 1),
            ("apiVersion: external-secrets.io/v1\nkind: ExternalSecret", 1),
            ("apiVersion: v1\nkind: PersistentVolume", 0),
            ("apiVersion: storage.k8s.io/v1\nkind: StorageClass", 0),
            ("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole", 0),
            ("apiVersion: example.com/v1\nkind: Gadget", 0),
        ] {
            let yaml = format!(
                "apiVersion: v1\nkind: Namespace\nmetadata: {{name: a}}\n---\n{object}\nmetadata: {{name: b}}\n"
            );
            assert_eq!(messages(&OBJECT_WITHOUT_NAMESPACE, &yaml).len(), count, "{object}");
            assert!(messages_of_foreign(&OBJECT_WITHOUT_NAMESPACE, &yaml).is_empty());
        }
    }
}
