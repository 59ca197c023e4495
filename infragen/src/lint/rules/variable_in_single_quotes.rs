use crate::lint::findings::Findings;
use crate::lint::grammar::script::{single_quoted, statements};
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags variables between single quotes, where no shell puts their value.
    ///
    /// ## Why is this bad?
    /// The program gets the text `$NAME`, and no message tells.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` that name CodeBuild's own variables, or those of `env`, between single quotes.
    ///
    /// ## Allowed values
    /// Double quotes; single quotes in what is a program for another: `awk`, `jq`, `sed`, `bash -c`, `envsubst`,
    /// `trap`, `xargs`, `find`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - "echo 'building $CODEBUILD_RESOLVED_SOURCE_VERSION'"
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - 'echo "building $CODEBUILD_RESOLVED_SOURCE_VERSION"'
    /// ```
    VARIABLE_IN_SINGLE_QUOTES = {
        id: "variable-in-single-quotes",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(variable_in_single_quotes),
    }
}

/// Programs that read what stands in single quotes themselves.
const READERS: [&str; 15] = [
    "awk", "jq", "yq", "sed", "perl", "bash", "sh", "envsubst", "trap", "xargs", "find", "ssh", "python",
    "python3", "eval",
];

fn variable_in_single_quotes(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let declared: Vec<&str> =
        buildspec.variables().map(|(_, name, _)| name).chain(buildspec.secrets()).collect();
    for command in buildspec.commands() {
        for statement in statements(command.text) {
            let reads = statement.split([' ', '|', ';', '(']).any(|word| READERS.contains(&word));
            if reads {
                continue;
            }
            let inside = single_quoted(&statement);
            let name = inside.iter().flat_map(|text| names(text)).find(|name| {
                name.starts_with("CODEBUILD_") || name.starts_with("AWS_") || declared.contains(name)
            });
            if let Some(name) = name {
                findings
                    .report(command.path(), format!("{} has `${name}` between single quotes", command.told()))
                    .help("put it between double quotes");
            }
        }
    }
}

/// The names behind a `$`.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('$').map(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('{');
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}
