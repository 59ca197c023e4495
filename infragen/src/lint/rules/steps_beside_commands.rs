use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags phases with both `steps` and `commands`.
    ///
    /// ## Why is this bad?
    /// CodeBuild runs one or the other, and refuses a phase that has both.
    ///
    /// ## Fields
    /// `phases.<phase>.steps` and `.commands`.
    ///
    /// ## Allowed values
    /// One of the two. `steps` are GitHub's actions, which CodeBuild runs on its own runner.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands: [make]
    ///     steps: [{run: make}]
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     steps: [{run: make}]
    /// ```
    STEPS_BESIDE_COMMANDS = {
        id: "steps-beside-commands",
        category: Buildspec,
        severity: Error,
        look: Buildspec(steps_beside_commands),
    }
}

fn steps_beside_commands(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for (phase, node) in buildspec.phases() {
        if node.get("steps").is_some() && node.get("commands").is_some() {
            findings
                .report(
                    buildspec.phase_path(phase, &["steps"]),
                    format!("phase `{phase}` has both `steps` and `commands`"),
                )
                .help("write the commands as steps with `run`, or leave the steps out");
        }
    }
}
