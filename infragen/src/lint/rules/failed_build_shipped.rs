use crate::lint::findings::Findings;
use crate::lint::grammar::script::unquoted;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags `post_build` commands that ship what was built, even if the build failed.
    ///
    /// ## Why is this bad?
    /// `post_build` runs after a failed `build` too. The image of the build before, or half of this one, goes out under
    /// the new name.
    ///
    /// ## Fields
    /// `phases.post_build.commands[]` that push, apply, publish or deploy.
    ///
    /// ## Allowed values
    /// Commands behind a look at `CODEBUILD_BUILD_SUCCEEDING`, in the same command or in one before; any, when `build`
    /// says `on-failure: ABORT`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build: {commands: [docker build --tag example/web .]}
    ///   post_build: {commands: [docker push example/web]}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build: {commands: [docker build --tag example/web .]}
    ///   post_build:
    ///     commands:
    ///     - test "$CODEBUILD_BUILD_SUCCEEDING" = 1
    ///     - docker push example/web
    /// ```
    FAILED_BUILD_SHIPPED = {
        id: "failed-build-shipped",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(failed_build_shipped),
    }
}

/// How what was built goes out.
const SHIPS: [&str; 21] = [
    "docker push",
    "docker buildx build --push",
    "podman push",
    "kubectl apply",
    "kubectl set image",
    "kubectl replace",
    "kubectl rollout restart",
    "helm upgrade",
    "helm install",
    "aws ecs update-service",
    "aws lambda update-function-code",
    "aws s3 sync",
    "aws cloudformation deploy",
    "aws deploy create-deployment",
    "cdk deploy",
    "sam deploy",
    "terraform apply",
    "npm publish",
    "cargo publish",
    "serverless deploy",
    "eb deploy",
];

fn failed_build_shipped(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    if buildspec.node.text_at(&["phases", "build", "on-failure"]) == Some("ABORT") {
        return;
    }
    for command in buildspec.commands_of("post_build") {
        if command.text.contains("CODEBUILD_BUILD_SUCCEEDING") {
            return;
        }
        let text = unquoted(command.text);
        let ships = SHIPS.iter().find(|ships| text.contains(*ships)).filter(|_| !text.contains("--dry-run"));
        if let Some(ships) = ships {
            findings
                .report(command.path(), format!("{} runs `{ships}` even if the build failed", command.told()))
                .help("begin the phase with `test \"$CODEBUILD_BUILD_SUCCEEDING\" = 1`");
        }
    }
}
