use crate::lint::findings::Findings;
use crate::lint::grammar::resource;
use crate::lint::quantity::Quantity;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags requests of devices and huge pages that differ from their limit, and huge pages alone.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: such things cannot be shared, and huge pages need memory or a processor beside.
    ///
    /// ## Fields
    /// `resources` of containers.
    ///
    /// ## Allowed values
    /// The same in `requests` as in `limits`; a limit alone is a request as well.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', resources: {requests: {example.com/gpu: 1}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', resources: {limits: {example.com/gpu: 1}}}
    /// ```
    OVERCOMMITTED_DEVICE = {
        id: "overcommitted-device",
        category: Admission,
        severity: Error,
        look: Container(Containers::Scheduled, overcommitted_device),
    }
}

fn overcommitted_device(container: &Container<'_>, findings: &mut Findings<'_>) {
    let Some(resources) = container.at(&["resources"]) else { return };
    let amounts = |list: &str| resources.get(list).map_or(&[][..], Node::fields);
    let (requests, limits) = (amounts("requests"), amounts("limits"));
    for request in requests.iter().filter(|request| !resource::may_be_overcommitted(&request.name)) {
        let limit = limits.iter().find(|limit| limit.name == request.name);
        if limit.and_then(|limit| Quantity::of(&limit.node)) != Quantity::of(&request.node) {
            let name = &request.name;
            findings
                .report(
                    container.path(&["resources", "requests", name]),
                    format!("container `{}` requests `{name}` otherwise than it limits it", container.name()),
                )
                .help(format!("remove the request, and set `resources.limits.{name}`"));
        }
    }
    let mut names = requests.iter().chain(limits).map(|amount| amount.name.as_str());
    let has_pages = names.clone().any(|name| resource::page_size(name).is_some());
    if has_pages && !names.any(|name| matches!(name, "cpu" | "memory")) {
        findings
            .report(
                container.path(&["resources"]),
                format!("container `{}` asks for huge pages alone", container.name()),
            )
            .help("request `memory` or `cpu`, too");
    }
}
