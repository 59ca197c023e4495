use crate::lint::findings::Findings;
use crate::lint::grammar::secret;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags secrets that stand in a buildspec as they are.
    ///
    /// ## Why is this bad?
    /// They are committed, shown on CodeBuild's console, and printed by `env`.
    ///
    /// ## Fields
    /// `env.variables` and those of a batch's builds, by names that end with words such as `PASSWORD`, `SECRET` or
    /// `TOKEN`, and all commands and values by the form of keys and tokens.
    ///
    /// ## Allowed values
    /// `env.secrets-manager` and `env.parameter-store`; a path, a switch, a number.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// env: {variables: {DB_PASSWORD: hunter2}}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - docker login --username a --password ghp_0123456789abcdef0123456789abcdef0123
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// env: {secrets-manager: {DB_PASSWORD: 'database:password'}}
    /// phases: {build: {commands: [make]}}
    /// ```
    SECRET_IN_BUILDSPEC = {
        id: "secret-in-buildspec",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(secret_in_buildspec),
    }
}

fn secret_in_buildspec(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let help = "revoke it, and name it in `env.secrets-manager`";
    for (path, name, value) in buildspec.variables() {
        let Some(value) = value.as_str() else { continue };
        if secret::is_name(name) && secret::is_literal(value) && !value.contains('$') {
            findings
                .report(path, format!("the variable `{name}` holds a secret as it is"))
                .without_excerpt()
                .help(help);
        } else if let Some(kind) = secret::form(value) {
            findings.report(path, format!("the variable `{name}` holds {kind}")).without_excerpt().help(help);
        }
    }
    for command in buildspec.commands() {
        if let Some(kind) = secret::form(command.text) {
            let message = format!("{} holds {kind}", command.told());
            findings.report(command.path(), message).without_excerpt().help(help);
        }
    }
}
