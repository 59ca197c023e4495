use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use std::collections::HashSet;

declare_rule! {
    /// Flags environment variables that a container sets twice.
    ///
    /// ## Why is this bad?
    /// The later one wins without a word, and a server-side apply refuses the object or keeps one of the two: what was
    /// meant cannot be told.
    ///
    /// ## Fields
    /// `env[].name` of all containers.
    ///
    /// ## Allowed values
    /// Names that are all different.
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
    ///     env: [{name: MODE, value: fast}, {name: MODE, value: safe}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: MODE, value: fast}, {name: LEVEL, value: safe}]
    /// ```
    DUPLICATE_VARIABLE = {
        id: "duplicate-variable",
        category: Practice,
        severity: Warning,
        covers: ["ENV-01"],
        look: Container(Containers::Every, duplicate_variable),
    }
}

fn duplicate_variable(container: &Container<'_>, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (index, variable) in container.items("env").iter().enumerate() {
        let Some(name) = variable.text_at(&["name"]) else { continue };
        if !seen.insert(name) {
            findings
                .report(
                    container.path(&["env"]).index(index).field("name"),
                    format!("container `{}` sets the variable `{name}` twice", container.name()),
                )
                .help("remove one of the two");
        }
    }
}
