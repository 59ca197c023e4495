use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags `$(NAME)` in a variable's value where no variable of that name stands before it.
    ///
    /// ## Why is this bad?
    /// The text stays as it is: the program gets `$(NAME)`, not the value.
    ///
    /// ## Fields
    /// `env[].value`. Containers with `envFrom` are left alone, since nobody sees here which variables they have.
    ///
    /// ## Allowed values
    /// The name of a variable that stands before it in the same list; names that end with `_SERVICE_HOST` or have
    /// `_PORT` in them, which Kubernetes gives; `$$(NAME)` for the text itself.
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
    ///     env:
    ///     - {name: URL, value: "http://$(HOST):8080"}
    ///     - {name: HOST, value: api}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env:
    ///     - {name: HOST, value: api}
    ///     - {name: URL, value: "http://$(HOST):8080"}
    /// ```
    UNRESOLVED_VARIABLE = {
        id: "unresolved-variable",
        category: Practice,
        severity: Warning,
        covers: ["SRV-17"],
        look: Container(Containers::Every, unresolved_variable),
    }
}

fn unresolved_variable(container: &Container<'_>, findings: &mut Findings<'_>) {
    let variables = container.items("env");
    if !container.items("envFrom").is_empty() {
        return;
    }
    for (index, variable) in variables.iter().enumerate() {
        let Some(value) = variable.text_at(&["value"]).filter(|value| value.contains("$(")) else { continue };
        let is_known = |name: &str| {
            variables[..index].iter().any(|earlier| earlier.text_at(&["name"]) == Some(name))
                || name.ends_with("_SERVICE_HOST")
                || name.contains("_PORT")
        };
        if let Some(name) = mentioned(value).find(|name| !is_known(name)) {
            findings
                .report(
                    container.path(&["env"]).index(index).field("value"),
                    format!(
                        "no variable `{name}` stands before this one, so that `$({name})` stays as it is"
                    ),
                )
                .help(format!("move the variable `{name}` before it, or write `$$({name})` for the text"));
        }
    }
}

/// The names in `$(…)`; `$$` stands for a dollar sign.
fn mentioned(value: &str) -> impl Iterator<Item = &str> {
    let mut rest = value;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('$')?;
            let behind = &rest[start + 1..];
            if let Some(name) = behind.strip_prefix('(').and_then(|name| name.split_once(')')) {
                rest = name.1;
                if is_name(name.0) {
                    return Some(name.0);
                }
            } else {
                rest = behind.strip_prefix('$').unwrap_or(behind);
            }
        }
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{UNRESOLVED_VARIABLE, mentioned};
    use crate::lint::testing::messages;

    #[test]
    fn names_are_found_as_kubernetes_finds_them() {
        let cases: [(&str, &[&str]); 7] = [
            ("$(A)", &["A"]),
            ("x$(A)y$(B)", &["A", "B"]),
            ("$$(A)", &[]),
            ("$$$(A)", &["A"]),
            ("$(A", &[]),
            ("$(date +%s)", &[]),
            ("$A $", &[]),
        ];
        for (text, names) in cases {
            assert_eq!(mentioned(text).collect::<Vec<_>>(), names, "{text}");
        }
    }

    #[test]
    fn what_may_be_there_is_let_pass() {
        let of = |more: &str, value: &str| {
            let yaml = format!(
                "kind: Pod\nspec: {{containers: [{{name: a{more}, env: [{{name: A, value: b}}, {{name: B, value: '{value}'}}]}}]}}"
            );
            messages(&UNRESOLVED_VARIABLE, &yaml).len()
        };
        let cases =
            [("", "$(A)", 0), ("", "$(B)", 1), ("", "$(KUBERNETES_SERVICE_HOST)", 0), ("", "$(C)", 1)];
        for (more, value, count) in cases {
            assert_eq!(of(more, value), count, "{value}");
        }
        assert_eq!(of(", envFrom: [{configMapRef: {name: c}}]", "$(C)"), 0);
    }
}
