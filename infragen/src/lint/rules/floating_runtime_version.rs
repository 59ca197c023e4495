use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::Node;

declare_rule! {
    /// Flags runtime versions that change by themselves.
    ///
    /// ## Why is this bad?
    /// Tomorrow's build is another than today's, and what breaks it was no commit.
    ///
    /// ## Fields
    /// `phases.install.runtime-versions`.
    ///
    /// ## Allowed values
    /// A version, such as `1.24`; not `latest` and not `1.x`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   install: {runtime-versions: {nodejs: latest}}
    ///   build: {commands: [npm test]}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   install: {runtime-versions: {nodejs: 22}}
    ///   build: {commands: [npm test]}
    /// ```
    FLOATING_RUNTIME_VERSION = {
        id: "floating-runtime-version",
        category: Buildspec,
        severity: Info,
        runs: WhenAsked,
        look: Buildspec(floating_runtime_version),
    }
}

fn floating_runtime_version(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let runtimes = buildspec.node.at(&["phases", "install", "runtime-versions"]);
    for field in runtimes.map_or(&[][..], Node::fields) {
        let Some(version) = field.node.as_str() else { continue };
        if version == "latest" || version.ends_with(".x") {
            findings
                .report(
                    buildspec.phase_path("install", &["runtime-versions", &field.name]),
                    format!("the version `{version}` of `{}` changes by itself", field.name),
                )
                .help("name the version that was tested");
        }
    }
}
