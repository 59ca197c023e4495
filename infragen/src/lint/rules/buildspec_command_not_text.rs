use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags commands of a buildspec that YAML does not read as text.
    ///
    /// ## Why is this bad?
    /// A colon and a space make a mapping of a line such as `echo Note: done`, and the build ends before it begins with
    /// `YAML_FILE_ERROR: Expected Commands[0] to be of string type: found subkeys`.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` and `phases.<phase>.finally[]`.
    ///
    /// ## Allowed values
    /// Strings.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - echo Note: done
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - 'echo Note: done'
    /// ```
    BUILDSPEC_COMMAND_NOT_TEXT = {
        id: "buildspec-command-not-text",
        category: Buildspec,
        severity: Error,
        look: Buildspec(buildspec_command_not_text),
    }
}

fn buildspec_command_not_text(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for (phase, node) in buildspec.phases() {
        for list in ["commands", "finally"] {
            let commands = node.get(list).map_or(&[][..], Node::items);
            for (index, command) in commands.iter().enumerate() {
                let Some(kind) = kind_of(command) else { continue };
                let path = buildspec.phase_path(phase, &[list]).index(index);
                findings
                    .report(path, format!("command {index} of phase `{phase}` is {kind}, not text"))
                    .help("put the command in single quotes, or behind `|` on lines of its own");
            }
        }
    }
}

/// What a value is, unless it is text.
const fn kind_of(node: &Node) -> Option<&'static str> {
    match node.value {
        Value::String(_) => None,
        Value::Null => Some("nothing"),
        Value::Bool(_) => Some("a truth value"),
        Value::Integer(_) | Value::Float(_) => Some("a number"),
        Value::Sequence(_) => Some("a list"),
        Value::Mapping(_) => Some("a mapping"),
    }
}
