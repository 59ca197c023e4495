use crate::lint::findings::Findings;
use crate::lint::grammar::buildspec::{Defect, faults};
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags values of a buildspec that CodeBuild cannot read.
    ///
    /// ## Why is this bad?
    /// The build ends before it begins, with `YAML_FILE_ERROR`; or the value is taken for its default.
    ///
    /// ## Fields
    /// Every field but commands, which `buildspec-command-not-text` looks at.
    ///
    /// ## Allowed values
    /// What the reference of buildspec 0.2 says: lists for `files` and `paths`, `yes` or `no`, known words such as
    /// `ABORT`; five report groups and five fallback keys at most. A word that holds a variable is known only when the
    /// build runs.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     on-failure: abort
    ///     commands: [make]
    /// ```
    /// ```yaml bad
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// artifacts: {files: target/app}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     on-failure: ABORT
    ///     commands: [make]
    /// artifacts: {files: [target/app]}
    /// ```
    MALFORMED_BUILDSPEC_VALUE = {
        id: "malformed-buildspec-value",
        category: Buildspec,
        severity: Error,
        look: Buildspec(malformed_buildspec_value),
    }
}

fn malformed_buildspec_value(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for fault in faults(buildspec.node) {
        match fault.defect {
            Defect::Malformed { expected, found } => findings
                .report(fault.path, format!("a buildspec has {expected} here, not {found}"))
                .help(format!("write {expected}")),
            Defect::TooMany { most } => findings
                .report(fault.path, format!("this has more than the {most} entries that CodeBuild takes"))
                .help("leave some out, or put them together"),
            _ => {}
        }
    }
}
