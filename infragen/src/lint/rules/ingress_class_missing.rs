use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags Ingresses of a class that does not exist.
    ///
    /// ## Why is this bad?
    /// No controller takes care of the Ingress: it gets no address, and nobody is told.
    ///
    /// ## Fields
    /// `spec.ingressClassName` of Ingresses, where the documents hold IngressClasses or the environment declares some.
    ///
    /// ## Allowed values
    /// The name of an IngressClass.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {ingressClassName: nginz}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata: {name: nginx}
    /// spec: {controller: k8s.io/ingress-nginx}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {ingressClassName: nginx}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: IngressClass
    /// metadata: {name: nginx}
    /// spec: {controller: k8s.io/ingress-nginx}
    /// ```
    INGRESS_CLASS_MISSING = {
        id: "ingress-class-missing",
        category: Reference,
        severity: Warning,
        covers: ["ING-07", "OBJ-41"],
        look: Bundle(ingress_class_missing),
    }
}

fn ingress_class_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for ingress in graph.ingresses().filter(|_| graph.lists("IngressClass")) {
        let field = ["spec", "ingressClassName"];
        let Some(name) = ingress.node.text_at(&field) else { continue };
        if matches!(graph.target(ingress, "IngressClass", name), Target::Nothing) {
            findings
                .report_on(ingress, ingress.path(&field), format!("there is no IngressClass `{name}`"))
                .help("name an IngressClass, or declare it as an external");
        }
    }
}
