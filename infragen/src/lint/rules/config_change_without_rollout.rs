use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Reference};
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags workloads that do not notice when their ConfigMap changes.
    ///
    /// ## Why is this bad?
    /// Variables are read when a container starts. Whoever applies a ConfigMap with another value sees nothing happen
    /// until the next rollout, at some other hour.
    ///
    /// ## Fields
    /// `envFrom[].configMapRef` and `env[].valueFrom.configMapKeyRef` of Deployments, StatefulSets and DaemonSets whose
    /// ConfigMap is at hand; annotations of the Pod template.
    ///
    /// ## Allowed values
    /// An annotation with `hash` or `checksum` in its name, or one of Reloader's; a ConfigMap that is `immutable`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, envFrom: [{configMapRef: {name: web}}]}]}}}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {LEVEL: info}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {annotations: {checksum/config: 5d41402abc4b2a76}}
    ///     spec: {containers: [{name: web, envFrom: [{configMapRef: {name: web}}]}]}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {LEVEL: info}
    /// ```
    CONFIG_CHANGE_WITHOUT_ROLLOUT = {
        id: "config-change-without-rollout",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["OBJ-47"],
        look: Bundle(config_change_without_rollout),
    }
}

fn config_change_without_rollout(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        if !matches!(workload.kind, "Deployment" | "StatefulSet" | "DaemonSet") || rolls_out(workload) {
            continue;
        }
        let variables = Reference::all_of(workload).into_iter().filter(|reference| {
            let is_read_once = reference.path.to_string().contains(".env");
            is_read_once && reference.kind == "ConfigMap"
        });
        for reference in variables {
            let Some(config) = graph.find(workload, "ConfigMap", reference.name) else { continue };
            if config.at(&["immutable"]).and_then(Node::as_bool) != Some(true) {
                let message = format!("no Pod notices when the ConfigMap `{}` changes", reference.name);
                findings
                    .report_on(workload, reference.path, message)
                    .help("put a hash of the ConfigMap into an annotation of the Pod template");
            }
        }
    }
}

fn rolls_out(workload: &Workload<'_>) -> bool {
    let of_template = workload.template.at(&["metadata", "annotations"]).map_or(&[][..], Node::fields).iter();
    let names = of_template.map(|field| field.name.as_str());
    let mut names = names.chain(workload.annotations().map(|(name, _)| name));
    names.any(|name| ["hash", "checksum", "reloader.stakater.com"].iter().any(|part| name.contains(part)))
}
