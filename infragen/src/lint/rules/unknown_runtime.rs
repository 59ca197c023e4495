use crate::lint::findings::Findings;
use crate::lint::grammar::buildspec::RUNTIMES;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::Value;

declare_rule! {
    /// Flags runtimes that CodeBuild does not know.
    ///
    /// ## Why is this bad?
    /// The build ends in its `install` phase with `Unknown runtime named`. There is none for Rust, C or Zig: install
    /// them by a command, or bring an image.
    ///
    /// ## Fields
    /// `phases.install.runtime-versions`.
    ///
    /// ## Allowed values
    /// One or more of `android`, `dotnet`, `golang`, `java`, `nodejs`, `php`, `python`, `ruby`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   install: {runtime-versions: {rust: 1.95}}
    ///   build: {commands: [cargo build]}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   install: {runtime-versions: {golang: 1.24}}
    ///   build: {commands: [go build]}
    /// ```
    UNKNOWN_RUNTIME = {
        id: "unknown-runtime",
        category: Buildspec,
        severity: Error,
        look: Buildspec(unknown_runtime),
    }
}

fn unknown_runtime(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let Some(runtimes) = buildspec.node.at(&["phases", "install", "runtime-versions"]) else { return };
    let path = buildspec.phase_path("install", &["runtime-versions"]);
    if matches!(&runtimes.value, Value::Mapping(fields) if fields.is_empty()) {
        findings
            .report(path.clone(), "`runtime-versions` names no runtime")
            .help("name one, or leave the field out");
    }
    for field in runtimes.fields() {
        if !RUNTIMES.contains(&field.name.as_str()) {
            findings
                .report(
                    path.field(&field.name),
                    format!("the runtime `{}` is not one that CodeBuild knows", field.name),
                )
                .help(format!(
                    "install it by a command, or write one of {}",
                    RUNTIMES.map(|name| format!("`{name}`")).join(", ")
                ));
        }
    }
}
