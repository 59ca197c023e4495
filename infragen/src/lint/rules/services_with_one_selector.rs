use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;
use std::collections::HashMap;

declare_rule! {
    /// Flags Services that select by the same labels as another one.
    ///
    /// ## Why is this bad?
    /// Mostly one of them was copied and should lead elsewhere. A headless Service beside another, or one for callers
    /// from outside beside one for those within, is meant.
    ///
    /// ## Fields
    /// `spec.selector` of Services of one namespace.
    ///
    /// ## Allowed values
    /// Another selector for each; a headless Service beside one that is not.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: api}
    /// spec: {selector: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: api}
    /// spec: {selector: {app: api}}
    /// ```
    SERVICES_WITH_ONE_SELECTOR = {
        id: "services-with-one-selector",
        category: Reference,
        severity: Info,
        runs: WhenAsked,
        covers: ["NET-10", "OBJ-28"],
        look: Bundle(services_with_one_selector),
    }
}

fn services_with_one_selector(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let mut known: HashMap<Vec<(&str, &str)>, Vec<&Object<'_>>> = HashMap::new();
    for service in graph.of_kind("Service") {
        let labels = service.at(&["spec", "selector"]).map_or(&[][..], Node::fields).iter();
        let mut labels: Vec<_> =
            labels.map(|label| (label.name.as_str(), label.node.as_str().unwrap_or_default())).collect();
        if labels.is_empty() {
            continue;
        }
        labels.sort_unstable();
        let others = known.entry(labels).or_default();
        let twin = others.iter().find(|other| {
            graph.are_neighbours(service, other)
                && !service.is_same(other)
                && service.is_headless() == other.is_headless()
        });
        if let Some(twin) = twin {
            let message = format!("the Service `{}` selects by the same labels", twin.name);
            findings
                .report_on(service, service.path(&["spec", "selector"]), message)
                .help("select by the labels of what it is named after, or remove one of them");
        }
        others.push(service);
    }
}
