use crate::lint::findings::Findings;
use crate::lint::grammar::script::statements;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags commands of several lines that go on after a failure.
    ///
    /// ## Why is this bad?
    /// Only the last line's result counts: what fails before goes unnoticed, and the build is green.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` and `.finally[]` of several lines.
    ///
    /// ## Allowed values
    /// Lines after `set -e`; lines joined with `&&`; one line a command, each of which CodeBuild checks.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - |
    ///       make test
    ///       make image
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - |
    ///       set -e
    ///       make test
    ///       make image
    /// ```
    COMMAND_FAILURE_IGNORED = {
        id: "command-failure-ignored",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(command_failure_ignored),
    }
}

fn command_failure_ignored(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for command in buildspec.commands() {
        let statements = statements(command.text);
        let heeds = statements.iter().any(|statement| sets_errexit(statement));
        let unheeded = statements.iter().rev().skip(1).filter(|statement| may_fail(statement)).count();
        if !heeds && unheeded > 0 {
            findings
                .report(command.path(), format!("{} goes on when one of its lines fails", command.told()))
                .help("begin it with `set -e`, or make each line a command of its own");
        }
    }
}

fn sets_errexit(statement: &str) -> bool {
    let flags = statement.trim_start_matches(['(', '{', ' ']).strip_prefix("set ").unwrap_or_default();
    flags.contains("errexit")
        || flags.split(' ').any(|flag| {
            let letters = flag.strip_prefix('-').unwrap_or_default();
            letters.split(';').next().is_some_and(|letters| letters.contains('e') && letters.len() < 8)
        })
}

/// Words that open, close or divide a statement, and commands that do not fail.
const HARMLESS: [&str; 31] = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "{", "}", "(",
    ")", ";;", "echo", "printf", "export", "set", "local", "trap", "return", "exit", "true", ":", "function",
    "EOF", "unset", "shift",
];

/// Whether the line is a command whose failure nothing heeds.
fn may_fail(statement: &str) -> bool {
    let first = statement.split([' ', ';']).next().unwrap_or_default();
    let is_assignment = first.contains('=') && !statement.contains("$(");
    let is_heeded = ["&&", "||"].iter().any(|joint| statement.contains(joint)) || statement.ends_with('|');
    !HARMLESS.contains(&first)
        && !is_assignment
        && !is_heeded
        && !first.ends_with(')')
        && !first.ends_with("()")
}

#[cfg(test)]
mod tests {
    use super::COMMAND_FAILURE_IGNORED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        for (case, expected) in [
            (r"make\nmake install", true),
            (r"make", false),
            (r"# told\nmake", false),
            (r"make \\\n  install", false),
            (r"set -euo pipefail\nmake\nmake install", false),
            (r"(\n  set -e\nmake\n  make install\n)", false),
            (r"make && \\\n make install", false),
            (r"if true; then\n  make\nfi", true),
            (r"echo a\nA=b\nmake", false),
            (r"make || exit 1\nmake install", false),
            (r"set -x\nmake\nmake install", true),
        ] {
            let yaml = format!("version: 0.2\nphases: {{build: {{commands: [\"{case}\"]}}}}");
            assert_eq!(finds(&COMMAND_FAILURE_IGNORED, &yaml), expected, "{case}");
        }
    }
}
