use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Route};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::FieldPath;
use std::collections::HashMap;

declare_rule! {
    /// Flags two rules of Ingresses that are for the same host and path.
    ///
    /// ## Why is this bad?
    /// Which of both Services answers is up to the controller; mostly the older Ingress wins, and the newer seems to do
    /// nothing.
    ///
    /// ## Fields
    /// `spec.rules[].host`, `path` and `pathType` of all Ingresses of one class.
    ///
    /// ## Allowed values
    /// Each host and path once; twice, where one Ingress is a canary of ingress-nginx's.
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
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: api}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http:
    ///       paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]
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
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: api}
    /// spec:
    ///   rules:
    ///   - host: web.example.com
    ///     http:
    ///       paths: [{path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]
    /// ```
    DUPLICATE_INGRESS_ROUTE = {
        id: "duplicate-ingress-route",
        category: Reference,
        severity: Warning,
        covers: ["ING-04", "OBJ-05"],
        look: Bundle(duplicate_ingress_route),
    }
}

fn duplicate_ingress_route(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let mut first: HashMap<_, (&Object<'_>, FieldPath)> = HashMap::new();
    for ingress in graph.ingresses().filter(|ingress| !is_canary(ingress)) {
        let class = ingress.ingress_class();
        for Route { host: name, path_type, path, place, .. } in ingress.routes() {
            let host = name.unwrap_or("*");
            let (earlier, earlier_place) =
                first.entry((class, host, path_type, path)).or_insert_with(|| (ingress, place.clone()));
            let is_itself = std::ptr::eq(*earlier, ingress);
            let clashes = if is_itself { *earlier_place != place } else { clash(graph, earlier, ingress) };
            if clashes {
                let message = match is_itself {
                    true => format!("`{host}{path}` stands twice in this Ingress"),
                    false => format!("the Ingress `{}` has a rule for `{host}{path}` too", earlier.name),
                };
                findings
                    .report_on(ingress, place.field("path"), message)
                    .help("give each host and path to one Service");
            }
        }
    }
}

fn clash(graph: &Graph<'_>, one: &Object<'_>, other: &Object<'_>) -> bool {
    !one.is_same(other) && graph.applied_together(one, other)
}

fn is_canary(ingress: &Object<'_>) -> bool {
    ingress.annotations().any(|(name, _)| name == "nginx.ingress.kubernetes.io/canary")
}

#[cfg(test)]
mod tests {
    use super::DUPLICATE_INGRESS_ROUTE;
    use crate::lint::testing::messages;

    fn ingress(name: &str, more: &str, rules: &str) -> String {
        format!("kind: Ingress\nmetadata: {{name: {name}{more}}}\nspec: {{rules: [{rules}]}}\n---\n")
    }

    #[test]
    fn only_what_is_the_same_for_one_controller_clashes() {
        let rule = |host: &str, path: &str| format!("{{host: {host}, http: {{paths: [{path}]}}}}");
        let (root, exact) = ("{path: /, pathType: Prefix}", "{path: /, pathType: Exact}");
        let web = ingress("web", "", &rule("a.example.com", root));
        let canary = ", annotations: {nginx.ingress.kubernetes.io/canary: \"true\"}";
        let class = ", annotations: {kubernetes.io/ingress.class: alb}";
        let cases = [
            (ingress("api", "", &rule("a.example.com", root)), 1),
            (ingress("api", "", &rule("b.example.com", root)), 0),
            (ingress("api", "", &rule("a.example.com", exact)), 0),
            (ingress("api", canary, &rule("a.example.com", root)), 0),
            (ingress("api", class, &rule("a.example.com", root)), 0),
            (ingress("web", "", &rule("a.example.com", root)), 0),
            (ingress("api", "", &format!("{0}, {0}", rule("b.example.com", root))), 1),
            (ingress("api", "", "{http: {}}"), 0),
        ];
        for (other, count) in cases {
            assert_eq!(messages(&DUPLICATE_INGRESS_ROUTE, &format!("{web}{other}")).len(), count, "{other}");
        }
    }
}
