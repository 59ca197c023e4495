use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Container, ContainerList, Workload};
use crate::node::Node;

declare_rule! {
    /// Flags resources of a Pod as a whole that are less than what its containers have, or requested above their limit.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `resources` of Pods, and those of their containers.
    ///
    /// ## Allowed values
    /// Requests of at least all containers' together; limits of at least each container's, and of at least the Pod's requests.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources: {requests: {memory: 64Mi}}
    ///   containers: [{name: web, image: 'example/web:1.2.0', resources: {requests: {memory: 128Mi}}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources: {requests: {memory: 128Mi}}
    ///   containers: [{name: web, image: 'example/web:1.2.0', resources: {requests: {memory: 64Mi}}}]
    /// ```
    POD_RESOURCES_BELOW_CONTAINERS = {
        id: "pod-resources-below-containers",
        category: Admission,
        severity: Error,
        covers: ["SRV-04"],
        look: Workload(&[], pod_resources_below_containers),
    }
}

fn pod_resources_below_containers(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let Some(resources) = workload.pod(&["resources"]) else { return };
    let amounts = |list: &str| resources.get(list).map_or(&[][..], Node::fields);
    let mut report = |list: &str, name: &str, message: String| {
        findings
            .report(workload.pod_path(&["resources", list, name]), message)
            .help("raise it, or lower what the containers have");
    };
    let lasting = || workload.containers().filter(|container| container.is_lasting());
    for request in amounts("requests") {
        let Some(asked) = Quantity::of(&request.node) else { continue };
        let of = |container: &Container<'_>| {
            let own = container.at(&["resources", "requests", &request.name]);
            own.or_else(|| container.at(&["resources", "limits", &request.name])).and_then(Quantity::of)
        };
        let all = lasting().filter_map(|container| of(&container)).fold(Quantity::default(), Quantity::plus);
        let limit = resources.at(&["limits", &request.name]).and_then(Quantity::of);
        if asked < all {
            report(
                "requests",
                &request.name,
                format!("the containers request more `{}` together", request.name),
            );
        } else if limit.is_some_and(|limit| limit < asked) {
            report(
                "requests",
                &request.name,
                format!("the Pod requests more `{}` than its limit", request.name),
            );
        }
    }
    for limit in amounts("limits") {
        let Some(most) = Quantity::of(&limit.node) else { continue };
        let of = |container: Container<'_>| {
            container.at(&["resources", "limits", &limit.name]).and_then(Quantity::of)
        };
        let main = lasting().filter(|container| container.list == ContainerList::Main);
        if main.filter_map(of).any(|amount| amount > most) {
            report(
                "limits",
                &limit.name,
                format!("a container's limit of `{}` is above the Pod's", limit.name),
            );
        }
    }
}
