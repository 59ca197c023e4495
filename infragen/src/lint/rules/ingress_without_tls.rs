use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Ingresses that answer without TLS.
    ///
    /// ## Why is this bad?
    /// Passwords and sessions cross the network for everybody on the way to read and change.
    ///
    /// ## Fields
    /// `spec.tls` of Ingresses, and the annotations by which load balancers of AWS and Google take certificates.
    ///
    /// ## Allowed values
    /// A host with its certificate.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {rules: [{host: web.example.com}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {tls: [{hosts: [web.example.com], secretName: web-tls}], rules: [{host: web.example.com}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web, annotations: {alb.ingress.kubernetes.io/certificate-arn: "arn:aws:acm:…"}}
    /// spec: {ingressClassName: alb, rules: [{host: web.example.com}]}
    /// ```
    INGRESS_WITHOUT_TLS = {
        id: "ingress-without-tls",
        category: Practice,
        severity: Warning,
        covers: ["ING-02"],
        look: Object(&["Ingress"], ingress_without_tls),
    }
}

fn ingress_without_tls(object: &Object<'_>, findings: &mut Findings<'_>) {
    let has_tls = object.at(&["spec", "tls"]).is_some_and(|tls| !tls.items().is_empty());
    let is_terminated = object.annotations().any(|(name, value)| {
        // AWS finds a certificate by the host where it is told to listen for HTTPS.
        CERTIFICATES.contains(&name)
            || (name == "alb.ingress.kubernetes.io/listen-ports"
                && value.as_str().is_some_and(|ports| ports.contains("HTTPS")))
    });
    if !has_tls && !is_terminated {
        findings
            .report(object.path(&["spec", "tls"]), "the Ingress answers without TLS")
            .help("set `tls`, with a Secret that holds the certificate");
    }
}

const CERTIFICATES: [&str; 4] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
];

#[cfg(test)]
mod tests {
    use super::INGRESS_WITHOUT_TLS;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("alb.ingress.kubernetes.io/listen-ports: '[{\"HTTPS\": 443}]'", false),
            ("alb.ingress.kubernetes.io/listen-ports: '[{\"HTTP\": 80}]'", true),
        ];
        for (case, expected) in cases {
            let yaml =
                format!("kind: Ingress\nmetadata: {{name: a, annotations: {{{case}}}}}\nspec: {{rules: []}}");
            assert_eq!(finds(&INGRESS_WITHOUT_TLS, &yaml), expected, "{case}");
        }
    }
}
