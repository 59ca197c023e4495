use crate::lint::findings::Findings;
use crate::lint::grammar::buildspec::{Defect, faults};
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags what a buildspec cannot be without.
    ///
    /// ## Why is this bad?
    /// CodeBuild refuses the file, with `YAML_FILE_ERROR` and the build's time lost.
    ///
    /// ## Fields
    /// `version`, `phases` with one phase at least, `commands` of every phase but `install`, `files` of artifacts and
    /// reports, `paths` of the cache, `identifier` in a graph, `parallelism` of a fan-out, one kind of builds in a
    /// batch.
    ///
    /// ## Allowed values
    /// Anything that is there.
    ///
    /// ## Examples
    /// ```yaml bad
    /// phases:
    ///   build:
    ///     commands: [make]
    /// version: 0.2
    /// artifacts: {name: app}
    /// ```
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     on-failure: ABORT
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// artifacts: {files: [target/app]}
    /// ```
    MISSING_BUILDSPEC_FIELD = {
        id: "missing-buildspec-field",
        category: Buildspec,
        severity: Error,
        look: Buildspec(missing_buildspec_field),
    }
}

fn missing_buildspec_field(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for fault in faults(buildspec.node) {
        let Defect::Missing { names } = fault.defect else { continue };
        let named: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let (message, help) = match named.as_slice() {
            [name] => (format!("{name} is missing"), format!("add {name}")),
            several => {
                let several = several.join(", ");
                (format!("none of {several} is there"), format!("add one of {several}"))
            }
        };
        findings.report(fault.path, message).help(help);
    }
}
