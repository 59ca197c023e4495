use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags objects that name the namespace `default`.
    ///
    /// ## Why is this bad?
    /// It cannot be deleted, has no quota, and holds what everybody forgot to place: whose an object is, nobody can
    /// tell.
    ///
    /// ## Fields
    /// `metadata.namespace` of all objects. Where it is absent, whoever applies it says.
    ///
    /// ## Allowed values
    /// A namespace of its own.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: default}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: shop}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: kubernetes, namespace: default}
    /// ```
    DEFAULT_NAMESPACE = {
        id: "default-namespace",
        category: Practice,
        severity: Info,
        covers: ["MET-01"],
        look: Object(&[], default_namespace),
    }
}

fn default_namespace(object: &Object<'_>, findings: &mut Findings<'_>) {
    let is_kubernetes_own =
        matches!((object.kind, object.name), ("Service", "kubernetes") | ("ServiceAccount", "default"));
    if object.namespace == Some("default") && !is_kubernetes_own {
        findings
            .report(object.path(&["metadata", "namespace"]), "the object is in the namespace `default`")
            .help("give the app a namespace of its own");
    }
}
