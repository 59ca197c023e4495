use crate::diagnostic::Severity;
use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags variables whose value names another.
    ///
    /// ## Why is this bad?
    /// CodeBuild takes values as they are: `$PATH:/opt/bin` is that text, and with it as `PATH` no program is found any
    /// more.
    ///
    /// ## Fields
    /// `env.variables`, and those of a batch's builds.
    ///
    /// ## Allowed values
    /// Plain text. Put values together in a command: `export PATH="$PATH:/opt/bin"`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// env: {variables: {PATH: '$PATH:/opt/bin'}}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   install: {commands: ['export PATH="$PATH:/opt/bin"']}
    ///   build: {commands: [make]}
    /// ```
    UNEXPANDED_BUILDSPEC_VARIABLE = {
        id: "unexpanded-buildspec-variable",
        category: Buildspec,
        severity: Error,
        look: Buildspec(unexpanded_buildspec_variable),
    }
}

fn unexpanded_buildspec_variable(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for (path, name, value) in buildspec.variables() {
        if value.as_str().is_some_and(names_a_variable) {
            let weight = if name == "PATH" { Severity::Error } else { Severity::Warning };
            let message =
                format!("`{name}` names another variable, which CodeBuild does not put in its place");
            findings
                .at_most(weight)
                .report(path, message)
                .help(format!("set it in a command: `export {name}=…`"));
        }
    }
}

/// Whether a `$` stands before a name or a brace.
fn names_a_variable(value: &str) -> bool {
    value.match_indices('$').any(|(at, _)| {
        let next = value[at + 1..].chars().next();
        next.is_some_and(|next| next.is_ascii_alphabetic() || next == '_' || next == '{')
    })
}
