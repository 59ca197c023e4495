use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags containers that lack a variable which their program cannot start without.
    ///
    /// ## Why is this bad?
    /// The program ends as soon as it starts, on the cluster, where it is seen last.
    ///
    /// ## Fields
    /// `env[].name` and the keys of `envFrom[]` of containers whose program's variables are known.
    ///
    /// ## Allowed values
    /// All variables that the program requires.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// contracts:
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_HOST, required: true}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example/web:1.2.0", env: [{name: DB_HOTS, value: localhost}]}]
    /// ```
    /// ```yaml good
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// contracts:
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_HOST, required: true}]}
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
    /// data: {DB_HOST: localhost}
    /// ```
    VARIABLE_NOT_SUPPLIED = {
        id: "variable-not-supplied",
        category: Reference,
        severity: Error,
        look: Bundle(variable_not_supplied),
    }
}

fn variable_not_supplied(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (contract, container) in graph.contracts() {
        let supplied = graph.variables(&container);
        for variable in contract.variables.iter().filter(|variable| variable.required) {
            let name = &variable.name;
            if !supplied.may_hold(name) {
                findings
                    .report_on(
                        &container.workload,
                        container.path(&["env"]),
                        format!("container `{}` lacks the variable `{name}`", container.name()),
                    )
                    .help(format!("supply `{name}`: the program does not start without it"));
            }
        }
    }
}
