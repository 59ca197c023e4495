use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags retries where CodeBuild does not heed them.
    ///
    /// ## Why is this bad?
    /// `on-failure` works on EC2 compute. On Lambda compute and on reserved capacity it is passed over.
    ///
    /// ## Fields
    /// `phases.<phase>.on-failure`, with a build of the batch on Lambda or on a fleet.
    ///
    /// ## Allowed values
    /// Nothing, there.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-list: [{identifier: a, env: {type: LINUX_LAMBDA_CONTAINER}}]}
    /// phases: {build: {on-failure: RETRY-2, commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// batch: {build-list: [{identifier: a, env: {type: LINUX_CONTAINER}}]}
    /// phases: {build: {on-failure: RETRY-2, commands: [make]}}
    /// ```
    RETRY_ON_LAMBDA = {
        id: "retry-on-lambda",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(retry_on_lambda),
    }
}

fn retry_on_lambda(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let builds = buildspec.builds();
    let elsewhere = builds.iter().find(|build| {
        let on_lambda = build.node.text_at(&["env", "type"]).is_some_and(|kind| kind.contains("LAMBDA"));
        build.node.get("buildspec").is_none() && (on_lambda || build.node.at(&["env", "fleet"]).is_some())
    });
    let Some(elsewhere) = elsewhere else { return };
    for (phase, node) in buildspec.phases() {
        if node.get("on-failure").is_some() {
            findings
                .report(
                    buildspec.phase_path(phase, &["on-failure"]),
                    format!("the build `{}` runs where `on-failure` is not heeded", elsewhere.identifier),
                )
                .help("leave it out, or run the build on EC2 compute on demand");
        }
    }
}
