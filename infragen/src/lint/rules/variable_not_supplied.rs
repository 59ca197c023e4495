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

#[cfg(test)]
mod tests {
    use super::VARIABLE_NOT_SUPPLIED;
    use crate::lint::testing::finds;

    /// Whether the required variable `APP_HOST` is missed in a container with these fields.
    fn misses(fields: &str) -> bool {
        finds(
            &VARIABLE_NOT_SUPPLIED,
            &format!(
                "apiVersion: infragen.dev/v1\nkind: Facts\n\
                 externals: [{{kind: Secret, name: opaque}}, {{kind: Secret, name: known, keys: [APP_HOST]}}]\n\
                 contracts: [{{kind: Pod, workload: a, container: c, variables: [{{name: APP_HOST, required: true}}]}}]\n\
                 ---\nkind: ConfigMap\nmetadata: {{name: map}}\ndata: {{HOST: x}}\n---\n\
                 kind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{{name: c, {fields}}}]}}\n"
            ),
        )
    }

    #[test]
    fn a_variable_may_come_from_anywhere() {
        let cases = [
            ("env: []", true),
            ("env: [{name: APP_HOST, value: ''}]", false),
            ("env: [{name: APP_HOST, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]", false),
            ("envFrom: [{configMapRef: {name: map}}]", true),
            ("envFrom: [{prefix: APP_, configMapRef: {name: map}}]", false),
            ("envFrom: [{secretRef: {name: known}}]", false),
            ("envFrom: [{prefix: X_, secretRef: {name: known}}]", true),
        ];
        for (fields, expected) in cases {
            assert_eq!(misses(fields), expected, "{fields}");
        }
    }

    #[test]
    fn where_a_source_says_not_what_it_holds_nothing_is_missed() {
        assert!(!misses("envFrom: [{secretRef: {name: opaque}}]"));
        assert!(
            !misses("envFrom: [{configMapRef: {name: dangling}}]"),
            "that it dangles is another rule's to say"
        );
    }

    #[test]
    fn a_contract_for_nobody_is_passed_over() {
        let facts = "apiVersion: infragen.dev/v1\nkind: Facts\n\
            contracts: [{kind: Pod, workload: gone, container: c, variables: [{name: A, required: true}]}]\n";
        assert!(!finds(&VARIABLE_NOT_SUPPLIED, facts));
    }
}
