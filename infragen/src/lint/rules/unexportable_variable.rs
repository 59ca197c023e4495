use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags exported variables that CodeBuild does not export.
    ///
    /// ## Why is this bad?
    /// The next stage of the pipeline finds nothing under that name.
    ///
    /// ## Fields
    /// `env.exported-variables[]`.
    ///
    /// ## Allowed values
    /// Names of variables that are no secrets, and do not begin with `AWS_`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// env:
    ///   secrets-manager: {TOKEN: web:token}
    ///   exported-variables: [TOKEN]
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// env: {exported-variables: [IMAGE_DIGEST]}
    /// phases: {build: {commands: [make]}}
    /// ```
    UNEXPORTABLE_VARIABLE = {
        id: "unexportable-variable",
        category: Buildspec,
        severity: Error,
        look: Buildspec(unexportable_variable),
    }
}

fn unexportable_variable(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let exported = buildspec.node.at(&["env", "exported-variables"]).map_or(&[][..], Node::items);
    for (index, name) in exported.iter().enumerate() {
        let Some(name) = name.as_str() else { continue };
        let why = if buildspec.secrets().any(|secret| secret == name) {
            "it holds a secret"
        } else if name.starts_with("AWS_") {
            "its name begins with `AWS_`"
        } else {
            continue;
        };
        findings
            .report(
                FieldPath::root().fields(&["env", "exported-variables"]).index(index),
                format!("`{name}` cannot be exported: {why}"),
            )
            .help("export another, or let the next stage read the secret itself");
    }
}
