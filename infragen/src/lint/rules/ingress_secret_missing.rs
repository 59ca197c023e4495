use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Keys};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Ingresses whose certificate is to come from a Secret that does not exist.
    ///
    /// ## Why is this bad?
    /// The controller serves a certificate of its own making, which no browser trusts, and says so in its log alone.
    ///
    /// ## Fields
    /// `spec.tls[].secretName` of Ingresses.
    ///
    /// ## Allowed values
    /// A Secret of the same namespace or of an external, or one that a controller makes: cert-manager's, for an Ingress
    /// that is annotated for it.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   tls: [{hosts: [web.example.com], secretName: web-tls}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web, annotations: {cert-manager.io/cluster-issuer: letsencrypt}}
    /// spec:
    ///   tls: [{hosts: [web.example.com], secretName: web-tls}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   tls: [{hosts: [web.example.com], secretName: web-tls}]
    /// ---
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: web}
    /// spec: {secretName: web-tls, dnsNames: [web.example.com], issuerRef: {name: company}}
    /// ```
    INGRESS_SECRET_MISSING = {
        id: "ingress-secret-missing",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-04"],
        look: Bundle(ingress_secret_missing),
    }
}

fn ingress_secret_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for ingress in graph.ingresses() {
        if ingress.annotations().any(|(name, _)| asks_for_certificate(name)) {
            continue;
        }
        for (index, tls) in ingress.at(&["spec", "tls"]).map_or(&[][..], Node::items).iter().enumerate() {
            let Some(name) = tls.text_at(&["secretName"]).filter(|name| !name.is_empty()) else { continue };
            if graph.keys(ingress, "Secret", name) == Keys::NoObject {
                let path = ingress.path(&["spec", "tls"]).index(index).field("secretName");
                findings
                    .report_on(
                        ingress,
                        path,
                        format!("there is no Secret `{name}` to take the certificate from"),
                    )
                    .help(format!(
                        "add a Certificate that makes `{name}`, or declare the Secret as an external"
                    ));
            }
        }
    }
}

/// Whether an annotation has cert-manager make the Secret.
fn asks_for_certificate(annotation: &str) -> bool {
    annotation.starts_with("cert-manager.io/")
        || annotation.starts_with("certmanager.k8s.io/")
        || annotation == "kubernetes.io/tls-acme"
}

#[cfg(test)]
mod tests {
    use super::INGRESS_SECRET_MISSING;
    use crate::lint::testing::finds;

    #[test]
    fn a_secret_may_be_made_by_somebody_else() {
        let cases = [
            ("none", "{}", true),
            ("made", "{}", false),
            ("elsewhere", "{}", false),
            ("none", "{cert-manager.io/issuer: company}", false),
            ("none", "{kubernetes.io/tls-acme: \"true\"}", false),
            ("\"\"", "{}", false),
        ];
        for (name, annotations, expected) in cases {
            let yaml = format!(
                "kind: Ingress\nmetadata: {{annotations: {annotations}}}\nspec: {{tls: [{{secretName: {name}}}, {{}}]}}\n---\n\
                 kind: SealedSecret\nmetadata: {{name: made}}\n---\n\
                 apiVersion: infragen.dev/v1\nkind: Facts\nexternals: [{{kind: Secret, name: elsewhere}}]\n"
            );
            assert_eq!(finds(&INGRESS_SECRET_MISSING, &yaml), expected, "{name} {annotations}");
        }
    }
}
