use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::schema::Defect;

declare_rule! {
    /// Flags objects that belong to the whole cluster and name a namespace.
    ///
    /// ## Why is this bad?
    /// The API server drops the namespace. Somebody who meant a ClusterRole to hold in one namespace alone is wrong, and two
    /// of the same name for two namespaces overwrite each other.
    ///
    /// ## Fields
    /// `metadata.namespace` of kinds that belong to the whole cluster: Kubernetes' own, and those of which a
    /// CustomResourceDefinition says so.
    ///
    /// ## Allowed values
    /// None.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: reader, namespace: shop}
    /// rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: reader, namespace: shop}
    /// rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
    /// ```
    NEEDLESS_NAMESPACE = {
        id: "needless-namespace",
        category: Schema,
        severity: Warning,
        look: Schema(needless_namespace),
    }
}

fn needless_namespace(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::NeedlessNamespace = misfit.fault.defect else { return };
    let message = format!("a `{}` belongs to the whole cluster and has no namespace", misfit.object.kind);
    findings.report(misfit.path(), message).help("leave `metadata.namespace` out");
}
