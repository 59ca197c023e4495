use crate::lint::findings::Findings;
use crate::lint::grammar::script::unquoted;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::Node;

declare_rule! {
    /// Flags builds that use Docker where it cannot run.
    ///
    /// ## Why is this bad?
    /// The Docker engine starts only in a build container that is privileged; without, `Cannot connect to the Docker
    /// daemon`.
    ///
    /// ## Fields
    /// `batch.build-graph[].env.privileged-mode` and `build-list[]`, for builds that run this file.
    ///
    /// ## Allowed values
    /// `true`; nothing, so that the project says it; `false`, where no command uses Docker.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-list: [{identifier: image, env: {privileged-mode: false}}]}
    /// phases: {build: {commands: [docker build .]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// batch: {build-list: [{identifier: image, env: {privileged-mode: true}}]}
    /// phases: {build: {commands: [docker build .]}}
    /// ```
    DOCKER_WITHOUT_PRIVILEGED_MODE = {
        id: "docker-without-privileged-mode",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(docker_without_privileged_mode),
    }
}

fn docker_without_privileged_mode(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let uses_docker = |text: &str| {
        let text = unquoted(text);
        ["docker build", "docker run", "docker compose", "docker-compose", "docker pull"]
            .iter()
            .any(|use_| text.contains(use_))
    };
    if !buildspec.commands().any(|command| uses_docker(command.text)) {
        return;
    }
    for build in buildspec.builds() {
        let runs_this = build.node.get("buildspec").is_none();
        let is_off = build.node.at(&["env", "privileged-mode"]).and_then(Node::as_bool) == Some(false);
        if runs_this && is_off {
            findings
                .report(
                    build.path.fields(&["env", "privileged-mode"]),
                    format!("the build `{}` uses Docker and is not privileged", build.identifier),
                )
                .help("set `privileged-mode: true`, or build the image without Docker");
        }
    }
}
