use crate::lint::findings::Findings;
use crate::lint::grammar::secret;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags secrets that stand in a workload or a ConfigMap as they are.
    ///
    /// ## Why is this bad?
    /// They are committed with the manifests, and shown to everybody who may look at the namespace. It goes by the
    /// names, for programs whose variables are not known; `secret-in-config-map` knows them.
    ///
    /// ## Fields
    /// `env[]` of all containers, and `data` of ConfigMaps, by names that end with words such as `PASSWORD`, `SECRET`,
    /// `API_KEY` or `TOKEN`.
    ///
    /// ## Allowed values
    /// A reference to a Secret; nothing; a path, a reference such as `$(NAME)`, `true` and `false`, a number.
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
    ///     env: [{name: DB_PASSWORD, value: hunter2}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {client_secret: s3cr3t}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: web, key: password}}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: DB_PASSWORD_FILE, value: /run/secrets/password}]
    /// ```
    LITERAL_SECRET = {
        id: "literal-secret",
        category: Practice,
        severity: Warning,
        covers: ["ENV-02", "ENV-04"],
        look: Object(&[], literal_secret),
    }
}

fn literal_secret(object: &Object<'_>, findings: &mut Findings<'_>) {
    let help = "keep it in a Secret, and refer to that";
    for container in Workload::of(*object).iter().flat_map(Workload::containers) {
        for (index, variable) in container.items("env").iter().enumerate() {
            let name = variable.text_at(&["name"]).unwrap_or_default();
            if secret::is_name(name)
                && !is_known(object, name)
                && variable.text_at(&["value"]).is_some_and(secret::is_literal)
            {
                let path = container.path(&["env"]).index(index).field("value");
                let message = format!(
                    "the variable `{name}` of container `{}` holds a secret as it is",
                    container.name()
                );
                findings.report(path, message).without_excerpt().help(help);
            }
        }
    }
    let entries = object.at(&["data"]).filter(|_| object.kind == "ConfigMap").map_or(&[][..], Node::fields);
    for entry in entries {
        if secret::is_name(&entry.name)
            && !is_known(object, &entry.name)
            && entry.node.as_str().is_some_and(secret::is_literal)
        {
            let path = object.path(&["data", &entry.name]);
            findings
                .report(path, format!("the key `{}` holds a secret as it is", entry.name))
                .without_excerpt()
                .help(help);
        }
    }
}

/// Whether some program says what the variable holds: `secret-in-config-map` goes by that.
fn is_known(object: &Object<'_>, name: &str) -> bool {
    let mut variables = object.facts.contracts.iter().flat_map(|contract| &contract.variables);
    variables.any(|variable| variable.name == name)
}

#[cfg(test)]
mod tests {
    use super::LITERAL_SECRET;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("env: [{name: apiKey, value: abc}]", true),
            ("env: [{name: AWS_SECRET_ACCESS_KEY, value: abc}]", true),
            ("env: [{name: GITHUB_TOKEN, value: $(OTHER)}]", false),
            ("env: [{name: TOKEN_TTL, value: 5m}]", false),
            ("env: [{name: DB_PASSWORD, value: \"\"}]", false),
            ("env: [{name: SECRET_NAME, value: web}]", false),
            ("env: [{name: USE_TOKEN, value: \"true\"}]", false),
            ("env: [{name: SECRET, value: /run/secret}]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&LITERAL_SECRET, &yaml), expected, "{case}");
        }
    }
}
