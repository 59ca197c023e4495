use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Source, Variable};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags variables that are supplied to a program which never reads them.
    ///
    /// ## Why is this bad?
    /// Somebody believes to have set something. Mostly the name is misspelt, or the program calls it otherwise by now.
    ///
    /// ## Fields
    /// `env[].name` and the keys of `envFrom[]` of containers whose program's variables are known.
    ///
    /// ## Allowed values
    /// The variables that the program knows.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// contracts:
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_HOST, required: false}]}
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
    /// - {kind: Pod, workload: web, container: web, variables: [{name: DB_HOST, required: false}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example/web:1.2.0", env: [{name: DB_HOST, value: localhost}]}]
    /// ```
    VARIABLE_NOT_READ = {
        id: "variable-not-read",
        category: Reference,
        severity: Warning,
        look: Bundle(variable_not_read),
    }
}

fn variable_not_read(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (contract, container) in graph.contracts() {
        let known: Vec<_> = contract.variables.iter().map(|variable| variable.name.as_str()).collect();
        for Variable { name, source, path } in graph.variables(&container).variables {
            if known.contains(&name.as_str()) {
                continue;
            }
            let from = match source {
                Source::ConfigMap(map) => format!(" from the ConfigMap `{map}`"),
                Source::Secret(secret) => format!(" from the Secret `{secret}`"),
                Source::Literal | Source::Other => String::new(),
            };
            let nearest = known.iter().min_by_key(|candidate| strsim::osa_distance(candidate, &name));
            let help = nearest
                .filter(|candidate| strsim::osa_distance(candidate, &name) <= 2)
                .map_or_else(|| format!("remove `{name}`"), |nearest| format!("did you mean `{nearest}`?"));
            let message = format!(
                "container `{}` is given `{name}`{from}, which its program never reads",
                container.name()
            );
            findings.report_on(&container.workload, path, message).help(help);
        }
    }
}
