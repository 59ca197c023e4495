use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods of which no container requests anything.
    ///
    /// ## Why is this bad?
    /// The scheduler takes them for free and puts them anywhere; when the node runs short, they are the first to be
    /// evicted.
    ///
    /// ## Fields
    /// `resources` of all containers and of the Pod.
    ///
    /// ## Allowed values
    /// A request or a limit of processor time or memory in one of them.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", resources: {requests: {memory: 256Mi}}}]}
    /// ```
    BEST_EFFORT_POD = {
        id: "best-effort-pod",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-12"],
        look: Workload(&[], best_effort_pod),
    }
}

fn best_effort_pod(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let asks = |resources: Option<&Node>| {
        ["requests", "limits"].iter().any(|side| {
            ["cpu", "memory"]
                .iter()
                .any(|resource| resources.is_some_and(|node| node.at(&[side, resource]).is_some()))
        })
    };
    let of_containers = workload.containers().any(|container| asks(container.at(&["resources"])));
    if !of_containers && !asks(workload.pod(&["resources"])) && workload.pod(&["containers"]).is_some() {
        findings
            .report(workload.pod_path(&["containers"]), "no container of the Pod requests anything")
            .help("set `resources.requests`");
    }
}
