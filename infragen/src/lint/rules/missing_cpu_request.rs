use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers without a CPU request.
    ///
    /// ## Why is this bad?
    /// The scheduler counts such a container as needing nothing and puts it on a full node, where it gets what others
    /// leave; and an autoscaler on CPU utilisation has nothing to take a percentage of.
    ///
    /// ## Fields
    /// `resources.requests.cpu`, and `resources.limits.cpu`, which stands in for it, of containers and init
    /// containers.
    ///
    /// ## Allowed values
    /// Any quantity.
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
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {requests: {cpu: 100m}}
    /// ```
    MISSING_CPU_REQUEST = {
        id: "missing-cpu-request",
        category: Practice,
        severity: Warning,
        covers: ["RES-01"],
        look: Container(Containers::Scheduled, missing_cpu_request),
    }
}

fn missing_cpu_request(container: &Container<'_>, findings: &mut Findings<'_>) {
    let has = |list| container.at(&["resources", list, "cpu"]).is_some();
    if !has("requests") && !has("limits") {
        let path = container.path(&["resources", "requests", "cpu"]);
        findings
            .report(path, format!("container `{}` has no CPU request", container.name()))
            .help("set `resources.requests.cpu` to what the container usually takes");
    }
}
