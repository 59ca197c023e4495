use crate::diagnostic::Severity;
use crate::lint::findings::Findings;
use crate::lint::grammar::buildspec::{Defect, faults};
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags fields of a buildspec that there are not.
    ///
    /// ## Why is this bad?
    /// CodeBuild refuses an unknown phase and passes over other fields that it does not know, so that what they ask for
    /// does not happen. A phase that stands beside `phases` instead of in it never runs.
    ///
    /// ## Fields
    /// Every field.
    ///
    /// ## Allowed values
    /// The fields of buildspec 0.2. At the root, a name that is like no other is only a warning: some keep anchors
    /// there.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   prebuild:
    ///     commands: [make]
    /// ```
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    /// build:
    ///   commands: [make]
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   pre_build:
    ///     commands: [make]
    /// ```
    UNKNOWN_BUILDSPEC_FIELD = {
        id: "unknown-buildspec-field",
        category: Buildspec,
        severity: Error,
        look: Buildspec(unknown_buildspec_field),
    }
}

fn unknown_buildspec_field(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for fault in faults(buildspec.node) {
        match fault.defect {
            Defect::Unknown { name, nearest } => {
                let is_own = fault.path.steps().len() == 1 && nearest.is_none();
                let weight = if is_own { Severity::Warning } else { Severity::Error };
                let mut findings = findings.at_most(weight);
                let finding = findings.report(fault.path, format!("a buildspec has no field `{name}` here"));
                match nearest {
                    Some(nearest) => finding.help(format!("write `{nearest}`")),
                    None => finding.help("remove it, or put it where it belongs"),
                }
            }
            Defect::PhaseOutOfPlace { name } => findings
                .report(fault.path, format!("the phase `{name}` does not stand in `phases`"))
                .help("indent it so that it stands in `phases`"),
            _ => {}
        }
    }
}
