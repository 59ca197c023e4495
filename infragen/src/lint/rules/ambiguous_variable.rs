use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::{Field, Node, Value};

declare_rule! {
    /// Flags environment variables and `envFrom` entries that have two sources, or an empty one.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: it cannot tell which is meant.
    ///
    /// ## Fields
    /// `env[]`, `env[].valueFrom` and `envFrom[]` of all containers.
    ///
    /// ## Allowed values
    /// `value` or `valueFrom`; in `valueFrom` one source; in an entry of `envFrom` one of `configMapRef` and
    /// `secretRef`.
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
    ///     env: [{name: MODE, value: fast, valueFrom: {configMapKeyRef: {name: web, key: mode}}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: MODE, valueFrom: {configMapKeyRef: {name: web, key: mode}}}]
    /// ```
    AMBIGUOUS_VARIABLE = {
        id: "ambiguous-variable",
        category: Admission,
        severity: Error,
        look: Container(Containers::Every, ambiguous_variable),
    }
}

fn ambiguous_variable(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (index, variable) in container.items("env").iter().enumerate() {
        let Some(source) =
            variable.get("valueFrom").filter(|source| matches!(source.value, Value::Mapping(_)))
        else {
            continue;
        };
        let path = container.path(&["env"]).index(index).field("valueFrom");
        let name = variable.text_at(&["name"]).unwrap_or_default();
        if variable.text_at(&["value"]).is_some_and(|value| !value.is_empty()) {
            findings
                .report(path, format!("the variable `{name}` has both `value` and `valueFrom`"))
                .help("keep one of them");
        } else if count(source) != 1 {
            let count = count(source);
            findings
                .report(path, format!("the variable `{name}` has {count} sources in place of one"))
                .help("name one source below `valueFrom`");
        }
    }
    for (index, entry) in container.items("envFrom").iter().enumerate() {
        let sources = count(entry);
        if sources != 1 && matches!(entry.value, Value::Mapping(_) | Value::Null) {
            findings
                .report(
                    container.path(&["envFrom"]).index(index),
                    format!("this entry of `envFrom` has {sources} sources in place of one"),
                )
                .help("set one of `configMapRef` and `secretRef`");
        }
    }
}

/// How many sources it has.
fn count(node: &Node) -> usize {
    let is_source = |field: &&Field| field.name != "prefix" && field.node.value != Value::Null;
    node.fields().iter().filter(is_source).count()
}

#[cfg(test)]
mod tests {
    use super::AMBIGUOUS_VARIABLE;
    use crate::lint::testing::finds;

    #[test]
    fn one_source_is_one() {
        let cases = [
            ("env: [{name: A, value: b}, {name: A}, {name: C, value: ''}]", false),
            ("env: [{name: A, value: '', valueFrom: {fieldRef: {fieldPath: metadata.name}}}]", false),
            ("env: [{name: A, valueFrom: {}}]", true),
            ("env: [{name: A, valueFrom: {fieldRef: {}, secretKeyRef: {}}}]", true),
            ("envFrom: [{prefix: A}]", true),
            ("envFrom: [{prefix: A, secretRef: {name: a}}]", false),
        ];
        for (fields, expected) in cases {
            let yaml = format!("{{kind: Pod, spec: {{containers: [{{name: a, {fields}}}]}}}}");
            assert_eq!(finds(&AMBIGUOUS_VARIABLE, &yaml), expected, "{yaml}");
        }
    }
}
