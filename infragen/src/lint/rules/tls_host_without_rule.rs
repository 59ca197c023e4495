use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags hosts that an Ingress has a certificate for and no rule.
    ///
    /// ## Why is this bad?
    /// Mostly one of both is misspelt: then the host that is served has no certificate.
    ///
    /// ## Fields
    /// `spec.tls[].hosts` and `spec.rules[].host` of Ingresses.
    ///
    /// ## Allowed values
    /// Hosts that a rule names, by itself or by a wildcard; any, where some rule is for every host, or an annotation
    /// has the controller redirect from `www.`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http:
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
    ///   tls: [{hosts: [wbe.example.com], secretName: web-tls}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http:
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
    ///   tls: [{hosts: ["*.example.com"], secretName: web-tls}]
    /// ```
    TLS_HOST_WITHOUT_RULE = {
        id: "tls-host-without-rule",
        category: Reference,
        severity: Warning,
        covers: ["ING-05"],
        look: Bundle(tls_host_without_rule),
    }
}

fn tls_host_without_rule(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for ingress in graph.ingresses() {
        let rules = ingress.at(&["spec", "rules"]).map_or(&[][..], Node::items);
        let hosts: Option<Vec<_>> =
            rules.iter().map(|rule| rule.text_at(&["host"]).filter(|host| !host.is_empty())).collect();
        let Some(hosts) = hosts.filter(|hosts| !hosts.is_empty()) else { continue };
        let has_default =
            ["defaultBackend", "backend"].iter().any(|field| ingress.at(&["spec", field]).is_some());
        let redirects = ingress.annotations().any(|(name, _)| name.ends_with("/from-to-www-redirect"));
        if has_default || redirects {
            continue;
        }
        for (index, tls) in ingress.at(&["spec", "tls"]).map_or(&[][..], Node::items).iter().enumerate() {
            let names = tls.get("hosts").map_or(&[][..], Node::items).iter().enumerate();
            for (position, name) in names.filter_map(|(position, node)| Some((position, node.as_str()?))) {
                if hosts.iter().any(|host| covers(name, host) || covers(host, name)) {
                    continue;
                }
                let path = ingress.path(&["spec", "tls"]).index(index).field("hosts").index(position);
                findings
                    .report_on(ingress, path, format!("no rule is for the host `{name}`"))
                    .help(format!("the rules are for {}", quoted(&hosts)));
            }
        }
    }
}

/// Whether a host, perhaps a wildcard, stands for another.
fn covers(pattern: &str, host: &str) -> bool {
    let of_wildcard = pattern.strip_prefix("*.").zip(host.split_once('.'));
    pattern == host || of_wildcard.is_some_and(|(rest, (_, parent))| rest == parent)
}

fn quoted(hosts: &[&str]) -> String {
    hosts.iter().map(|host| format!("`{host}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::TLS_HOST_WITHOUT_RULE;
    use crate::lint::testing::finds;

    #[test]
    fn a_certificate_may_be_for_more_than_one_host() {
        let cases = [
            ("{rules: [{host: a.example.com}], tls: [{hosts: [a.example.com]}]}", false),
            ("{rules: [{host: a.example.com}], tls: [{hosts: [\"*.example.com\"]}]}", false),
            ("{rules: [{host: \"*.example.com\"}], tls: [{hosts: [a.example.com]}]}", false),
            ("{rules: [{host: a.b.example.com}], tls: [{hosts: [\"*.example.com\"]}]}", true),
            ("{rules: [{host: a.example.com}], tls: [{hosts: [b.example.com]}]}", true),
            ("{rules: [{host: a.example.com}, {}], tls: [{hosts: [b.example.com]}]}", false),
            ("{rules: [{host: a.example.com}], defaultBackend: {}, tls: [{hosts: [b.example.com]}]}", false),
            ("{rules: [{host: a.example.com}], tls: [{secretName: a}]}", false),
            ("{tls: [{hosts: [b.example.com]}]}", false),
        ];
        for (spec, expected) in cases {
            assert_eq!(
                finds(&TLS_HOST_WITHOUT_RULE, &format!("kind: Ingress\nspec: {spec}")),
                expected,
                "{spec}"
            );
        }
    }
}
