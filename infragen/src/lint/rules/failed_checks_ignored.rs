use crate::lint::findings::Findings;
use crate::lint::grammar::script::unquoted;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags phases that test, and go on when a test fails.
    ///
    /// ## Why is this bad?
    /// A check that nothing heeds is none: what it found goes out with the rest.
    ///
    /// ## Fields
    /// `phases.<phase>.on-failure` of phases whose commands test, lint or scan.
    ///
    /// ## Allowed values
    /// Anything but `CONTINUE`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   pre_build: {on-failure: CONTINUE, commands: [cargo test]}
    ///   build: {commands: [make]}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   pre_build: {commands: [cargo test]}
    ///   build: {commands: [make]}
    /// ```
    FAILED_CHECKS_IGNORED = {
        id: "failed-checks-ignored",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(failed_checks_ignored),
    }
}

/// Words of commands that check something.
const CHECKS: [&str; 16] = [
    "test",
    "tests",
    "pytest",
    "lint",
    "eslint",
    "clippy",
    "audit",
    "scan",
    "trivy",
    "grype",
    "snyk",
    "semgrep",
    "checkov",
    "tfsec",
    "hadolint",
    "shellcheck",
];

fn failed_checks_ignored(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for (phase, node) in buildspec.phases() {
        if node.text_at(&["on-failure"]) != Some("CONTINUE") {
            continue;
        }
        let checks = buildspec.commands_of(phase).find_map(|command| {
            let text = unquoted(command.text);
            CHECKS.into_iter().find(|check| text.split([' ', ':', '\n', '/']).any(|word| word == *check))
        });
        if let Some(check) = checks {
            findings
                .report(
                    buildspec.phase_path(phase, &["on-failure"]),
                    format!("phase `{phase}` goes on when its `{check}` fails"),
                )
                .help("remove `on-failure: CONTINUE`, or move the check to a phase that heeds it");
        }
    }
}
