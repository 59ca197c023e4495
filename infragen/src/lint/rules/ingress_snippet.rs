use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Ingresses that write into the configuration of the controller.
    ///
    /// ## Why is this bad?
    /// Whoever may make an Ingress reads the controller's token by it, and with that every Secret of the cluster
    /// (CVE-2021-25742). Since ingress-nginx 1.9 such annotations are refused unless somebody allows them.
    ///
    /// ## Fields
    /// Annotations of Ingresses that end with `-snippet` or `-snippets`, below `nginx.ingress.kubernetes.io/` and
    /// `nginx.org/`.
    ///
    /// ## Allowed values
    /// None.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/server-snippet: "return 200;"}}
    /// spec: {rules: []}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 8m}}
    /// spec: {rules: []}
    /// ```
    INGRESS_SNIPPET = {
        id: "ingress-snippet",
        category: Practice,
        severity: Warning,
        covers: ["ING-08"],
        look: Object(&["Ingress"], ingress_snippet),
    }
}

fn ingress_snippet(object: &Object<'_>, findings: &mut Findings<'_>) {
    for (name, _) in object.annotations() {
        let is_nginx = name.starts_with("nginx.ingress.kubernetes.io/") || name.starts_with("nginx.org/");
        if is_nginx && (name.ends_with("-snippet") || name.ends_with("-snippets")) {
            findings
                .report(
                    object.path(&["metadata", "annotations", name]),
                    format!("the annotation `{name}` writes into the controller's configuration"),
                )
                .help("use the annotation made for the purpose");
        }
    }
}
