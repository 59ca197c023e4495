use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Source};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags secrets that come from a ConfigMap or stand in the workload itself.
    ///
    /// ## Why is this bad?
    /// Both are shown to everybody who may look at the namespace, and are committed with the manifests.
    ///
    /// ## Fields
    /// `env[]` and `envFrom[]` of containers whose program's variables are known.
    ///
    /// ## Allowed values
    /// For variables that hold a secret, a Secret.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// contracts:
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_PASSWORD, secret: true}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example/web:1.2.0", env: [{name: DB_PASSWORD, value: hunter2}]}]
    /// ```
    /// ```yaml bad
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// contracts:
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_PASSWORD, secret: true}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example/web:1.2.0", envFrom: [{configMapRef: {name: web}}]}]
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {DB_PASSWORD: hunter2}
    /// ```
    /// ```yaml good
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// contracts:
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_PASSWORD, secret: true}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: web, key: password}}}]
    /// ```
    SECRET_IN_CONFIG_MAP = {
        id: "secret-in-config-map",
        category: Practice,
        severity: Error,
        covers: ["ENV-04"],
        look: Bundle(secret_in_config_map),
    }
}

fn secret_in_config_map(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (contract, container) in graph.contracts() {
        for variable in graph.variables(&container).variables {
            let is_secret =
                contract.variables.iter().any(|known| known.secret && known.name == variable.name);
            let whence = match variable.source {
                Source::Literal => "stands in the workload itself".to_owned(),
                Source::ConfigMap(name) => format!("comes from the ConfigMap `{name}`"),
                Source::Secret(_) | Source::Other => continue,
            };
            if is_secret {
                let message =
                    format!("the secret `{}` of container `{}` {whence}", variable.name, container.name());
                findings
                    .report_on(&container.workload, variable.path, message)
                    .without_excerpt()
                    .help("take it from a Secret, by `valueFrom.secretKeyRef`");
            }
        }
    }
}
