use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;

declare_rule! {
    /// Flags containers of one Pod with the same name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: names must tell things apart.
    ///
    /// ## Fields
    /// `name` of init containers, containers and ephemeral containers.
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
    ///   containers: [{name: web, image: 'example/web:1.2.0'}, {name: web, image: 'example/log:1.0.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}, {name: log, image: 'example/log:1.0.0'}]
    /// ```
    DUPLICATE_CONTAINER_NAME = {
        id: "duplicate-container-name",
        category: Admission,
        severity: Error,
        look: Workload(&[], duplicate_container_name),
    }
}

fn duplicate_container_name(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let containers: Vec<_> = workload.containers().collect();
    for (index, container) in containers.iter().enumerate() {
        let name = container.name();
        if !name.is_empty() && containers[..index].iter().any(|earlier| earlier.name() == name) {
            findings
                .report(container.path(&["name"]), format!("another container is called `{name}`, too"))
                .help("give each container a name of its own");
        }
    }
}
