use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Uses};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags keys of ConfigMaps and Secrets that nothing uses, where others of the same object are used one by one.
    ///
    /// ## Why is this bad?
    /// Who changes one believes to have changed something; mostly the key that is used is another, with the old value.
    ///
    /// ## Fields
    /// `data` of ConfigMaps and Secrets of an environment, and `spec.data[]` of ExternalSecrets.
    ///
    /// ## Allowed values
    /// Keys that a variable or an item of a volume names; all, where something takes the object whole.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {A: x, B: y}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", env: [{name: A, valueFrom: {configMapKeyRef: {name: web, key: A}}}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {A: x}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", env: [{name: A, valueFrom: {configMapKeyRef: {name: web, key: A}}}]}]}
    /// ```
    UNUSED_CONFIG_KEY = {
        id: "unused-config-key",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-52", "USE-01"],
        look: Bundle(unused_config_key),
    }
}

fn unused_config_key(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for config in graph.configs() {
        let Uses::Keys(used) = graph.uses(&config) else { continue };
        for (key, path) in config.keys().into_iter().filter(|(key, _)| !used.contains(key)) {
            findings
                .report_on(
                    config.object,
                    path,
                    format!("nothing uses the key `{key}` of the {} `{}`", config.kind, config.name),
                )
                .help(format!("name `{key}` where it was meant to be used, or remove it"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UNUSED_CONFIG_KEY;
    use crate::lint::testing::messages;

    fn of(reference: &str) -> usize {
        let secret = "kind: ExternalSecret\nmetadata: {name: e}\n\
            spec: {target: {name: made}, data: [{secretKey: a}, {secretKey: b}]}\n---\n";
        messages(
            &UNUSED_CONFIG_KEY,
            &format!("{secret}kind: Pod\nmetadata: {{name: p}}\nspec: {reference}\n"),
        )
        .len()
    }

    #[test]
    fn keys_are_counted_only_where_each_use_names_some() {
        let cases = [
            ("{volumes: [{secret: {secretName: made, items: [{key: a}]}}]}", 1),
            ("{volumes: [{secret: {secretName: made, items: [{key: a}, {key: b}]}}]}", 0),
            ("{volumes: [{secret: {secretName: made}}]}", 0),
            ("{containers: [{env: [{valueFrom: {secretKeyRef: {name: made, key: a}}}]}]}", 1),
            (
                "{containers: [{env: [{valueFrom: {secretKeyRef: {name: made, key: a}}}], \
                 envFrom: [{secretRef: {name: made}}]}]}",
                0,
            ),
            ("{}", 0),
        ];
        for (reference, count) in cases {
            assert_eq!(of(reference), count, "{reference}");
        }
    }
}
