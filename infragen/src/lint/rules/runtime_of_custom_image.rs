use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags runtime versions that are chosen for an image that is not CodeBuild's.
    ///
    /// ## Why is this bad?
    /// `runtime-versions` works in CodeBuild's own images alone; others pass over it with a warning, and run what they
    /// have.
    ///
    /// ## Fields
    /// `phases.install.runtime-versions`, with `batch.build-graph[].env.image` or `build-list[].env.image`.
    ///
    /// ## Allowed values
    /// Images that begin with `aws/codebuild/`, where runtimes are chosen.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-list: [{identifier: a, env: {image: 'example/go:1.24'}}]}
    /// phases:
    ///   install: {runtime-versions: {golang: 1.24}}
    ///   build: {commands: [go build]}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// batch: {build-list: [{identifier: a, env: {image: 'aws/codebuild/standard:7.0'}}]}
    /// phases:
    ///   install: {runtime-versions: {golang: 1.24}}
    ///   build: {commands: [go build]}
    /// ```
    RUNTIME_OF_CUSTOM_IMAGE = {
        id: "runtime-of-custom-image",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(runtime_of_custom_image),
    }
}

fn runtime_of_custom_image(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    if buildspec.node.at(&["phases", "install", "runtime-versions"]).is_none() {
        return;
    }
    for build in buildspec.builds() {
        let runs_this = build.node.get("buildspec").is_none();
        let image = build.node.text_at(&["env", "image"]).unwrap_or_default();
        if runs_this && !image.is_empty() && !image.contains('$') && !image.starts_with("aws/codebuild/") {
            findings
                .report(
                    build.path.fields(&["env", "image"]),
                    format!("the image `{image}` has its own runtimes: `runtime-versions` is passed over"),
                )
                .help("leave `runtime-versions` out, or use an image of CodeBuild's own");
        }
    }
}
