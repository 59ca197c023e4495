use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags paths of an Ingress that are not written as requests have them.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Ingress: a path with `//` or `..` could mean another after it is tidied.
    ///
    /// ## Fields
    /// `spec.rules[].http.paths[].path` of Ingresses.
    ///
    /// ## Allowed values
    /// Paths that begin with `/`; with `pathType: Exact` or `Prefix` without `//`, `/./`, `/../` and `%2f`, not ending in `/.` or
    /// `/..`. With `ImplementationSpecific` a path may be absent.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules: [{http: {paths: [{path: api, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules: [{http: {paths: [{path: /api, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
    /// ```
    MALFORMED_INGRESS_PATH = {
        id: "malformed-ingress-path",
        category: Admission,
        severity: Error,
        covers: ["SRV-19"],
        look: Object(&["Ingress"], malformed_ingress_path),
    }
}

static PATHS: Fields<()> = Fields::new(&[(Where::Of(&["Ingress"], "spec.rules[].http.paths[]"), ())]);
const NOWHERE: [&str; 5] = ["//", "/./", "/../", "%2f", "%2F"];

fn malformed_ingress_path(ingress: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(ingress) else { return };
    PATHS.each(&scene, |(), node, spot| {
        let path = node.text_at(&["path"]).unwrap_or_default();
        let is_strict = matches!(node.text_at(&["pathType"]), Some("Exact" | "Prefix"));
        let is_tidy = || {
            !NOWHERE.iter().any(|part| path.contains(part)) && !path.ends_with("/.") && !path.ends_with("/..")
        };
        let is_right =
            if path.is_empty() { !is_strict } else { path.starts_with('/') && (!is_strict || is_tidy()) };
        if !is_right {
            findings
                .report(spot.path().field("path"), format!("`{path}` is no path of requests"))
                .help("begin it with `/`, without `//`, `.` and `..`");
        }
    });
}
