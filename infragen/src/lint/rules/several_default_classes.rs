use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags classes that are the default beside another one.
    ///
    /// ## Why is this bad?
    /// What names no class gets whichever of them was made last; nobody sees which from the manifests.
    ///
    /// ## Fields
    /// The annotations `ingressclass.kubernetes.io/is-default-class` and `storageclass.kubernetes.io/is-default-class`
    /// of IngressClasses and StorageClasses.
    ///
    /// ## Allowed values
    /// `"true"` for one class of each kind.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata: {name: alb, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata: {name: alb, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata: {name: nginx}
    /// ```
    SEVERAL_DEFAULT_CLASSES = {
        id: "several-default-classes",
        category: Reference,
        severity: Warning,
        covers: ["ING-07"],
        look: Bundle(several_default_classes),
    }
}

fn several_default_classes(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (kind, annotation) in CLASSES {
        let field = ["metadata", "annotations", annotation];
        let mut defaults = graph.of_kind(kind).filter(|class| class.node.text_at(&field) == Some("true"));
        let Some(first) = defaults.next() else { continue };
        for other in defaults.filter(|other| other.name != first.name && graph.applied_together(first, other))
        {
            let message = format!("`{}` is the default {kind} too", first.name);
            findings
                .report_on(other, other.path(&field), message)
                .help("take the annotation off one of them");
        }
    }
}

const CLASSES: [(&str, &str); 2] = [
    ("IngressClass", "ingressclass.kubernetes.io/is-default-class"),
    ("StorageClass", "storageclass.kubernetes.io/is-default-class"),
];
