use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags backends of an Ingress that do not name exactly one thing, and Services without exactly one port.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Ingress: it cannot tell where requests go.
    ///
    /// ## Fields
    /// `spec.defaultBackend` and the `backend` of paths of Ingresses.
    ///
    /// ## Allowed values
    /// One of `service` and `resource`; for a Service the `name` or the `number` of one port.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {defaultBackend: {service: {name: web}}}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {defaultBackend: {service: {name: web, port: {name: http}}}}
    /// ```
    AMBIGUOUS_BACKEND = {
        id: "ambiguous-backend",
        category: Admission,
        severity: Error,
        look: Object(&["Ingress"], ambiguous_backend),
    }
}

static BACKENDS: Fields<()> = Fields::new(&[
    (Where::Of(&["Ingress"], "spec.defaultBackend"), ()),
    (Where::Of(&["Ingress"], "spec.rules[].http.paths[].backend"), ()),
]);

fn ambiguous_backend(ingress: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(ingress).filter(|_| ingress.api_version == "networking.k8s.io/v1") else {
        return;
    };
    BACKENDS.each(&scene, |(), backend, spot| {
        let part = |name: &str| backend.get(name).filter(|node| node.value != Value::Null);
        let service = part("service");
        if service.is_some() == part("resource").is_some() {
            findings
                .report(spot.path(), "the backend does not name exactly one of `service` and `resource`")
                .help("set `service`, with its `name` and `port`");
            return;
        }
        let Some(service) = service else { return };
        let named = service.text_at(&["port", "name"]).is_some_and(|name| !name.is_empty());
        let numbered =
            service.at(&["port", "number"]).and_then(Node::as_i64).is_some_and(|number| number != 0);
        if named == numbered {
            let name = service.text_at(&["name"]).unwrap_or_default();
            findings
                .report(
                    spot.path().fields(&["service", "port"]),
                    format!("not exactly one port of `{name}` is meant"),
                )
                .help("set `port.name` or `port.number`");
        }
    });
}
