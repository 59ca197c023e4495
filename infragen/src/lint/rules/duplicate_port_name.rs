use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags ports of one container, or of one Service, with the same name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: names must tell things apart.
    ///
    /// ## Fields
    /// `ports[].name` of containers and of Services.
    ///
    /// ## Allowed values
    /// A name of its own for each.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{name: http, containerPort: 80}, {name: http, containerPort: 81}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{name: http, containerPort: 80}, {name: metrics, containerPort: 81}]
    /// ```
    DUPLICATE_PORT_NAME = {
        id: "duplicate-port-name",
        category: Admission,
        severity: Error,
        covers: ["NET-07", "SRV-07"],
        look: Object(&[], duplicate_port_name),
    }
}

static LISTS: Fields<()> =
    Fields::new(&[(Where::Scheduled("ports"), ()), (Where::Of(&["Service"], "spec.ports"), ())]);

fn duplicate_port_name(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    LISTS.each(&scene, |(), ports, spot| {
        for (index, port) in ports.items().iter().enumerate() {
            let Some(name) = port.text_at(&["name"]).filter(|name| !name.is_empty()) else { continue };
            if ports.items()[..index].iter().any(|earlier| earlier.text_at(&["name"]) == Some(name)) {
                findings
                    .report(
                        spot.path().index(index).field("name"),
                        format!("another port is called `{name}`, too"),
                    )
                    .help("give each port a name of its own");
            }
        }
    });
}
