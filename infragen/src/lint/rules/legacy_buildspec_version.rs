use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{FieldPath, Value};

declare_rule! {
    /// Flags buildspecs of version 0.1, most of all those that lose what a command sets.
    ///
    /// ## Why is this bad?
    /// In version 0.1 each command runs in a shell of its own: a `cd` or an `export` is gone with the next. Version 0.2
    /// runs all in one.
    ///
    /// ## Fields
    /// `version`, and `phases.<phase>.commands[]` that are nothing but `cd` or `export`.
    ///
    /// ## Allowed values
    /// `0.2`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.1
    /// phases:
    ///   build:
    ///     commands:
    ///     - cd web
    ///     - make
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - cd web
    ///     - make
    /// ```
    LEGACY_BUILDSPEC_VERSION = {
        id: "legacy-buildspec-version",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(legacy_buildspec_version),
    }
}

fn legacy_buildspec_version(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let version = buildspec.node.get("version").map(|version| &version.value);
    let is_legacy = match version {
        Some(Value::Float(number)) => number.to_string() == "0.1",
        Some(Value::String(text)) => text == "0.1",
        _ => false,
    };
    if !is_legacy {
        return;
    }
    let help = "write `version: 0.2`";
    let is_lost =
        |text: &str| ["cd ", "export "].iter().any(|start| text.starts_with(start)) && !text.contains("&&");
    let mut lost = buildspec.commands().filter(|command| is_lost(command.text)).peekable();
    if lost.peek().is_none() {
        findings
            .report(FieldPath::root().field("version"), "version 0.1 is the syntax before this one")
            .help(help);
    }
    for command in lost {
        let message = format!("what {} sets is lost with the next, in version 0.1", command.told());
        findings.report(command.path(), message).help(help);
    }
}
