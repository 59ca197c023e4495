use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags variables that are named as CodeBuild names its own.
    ///
    /// ## Why is this bad?
    /// Names that begin with `CODEBUILD_` are CodeBuild's: what is set there is overwritten, or the build refused.
    ///
    /// ## Fields
    /// `env.variables`, `env.parameter-store`, `env.secrets-manager`.
    ///
    /// ## Allowed values
    /// Other names.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// env: {variables: {CODEBUILD_STAGE: test}}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// env: {variables: {STAGE: test}}
    /// phases: {build: {commands: [make]}}
    /// ```
    RESERVED_BUILDSPEC_VARIABLE = {
        id: "reserved-buildspec-variable",
        category: Buildspec,
        severity: Error,
        look: Buildspec(reserved_buildspec_variable),
    }
}

fn reserved_buildspec_variable(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for list in ["variables", "parameter-store", "secrets-manager"] {
        for field in buildspec.node.at(&["env", list]).map_or(&[][..], Node::fields) {
            if field.name.starts_with("CODEBUILD_") {
                findings
                    .report(
                        FieldPath::root().fields(&["env", list, &field.name]),
                        format!("the name `{}` is one of CodeBuild's own", field.name),
                    )
                    .help("choose a name that does not begin with `CODEBUILD_`");
            }
        }
    }
}
