//! The pipeline: a pull request is tested, a release is built and pushed, a deployment rolls it out and back.

use infragen::prelude::*;

use crate::{aws, coworking};

/// All three builds: the environment that is released to last.
pub(crate) fn production() -> Pipeline {
    deployment()
        .pull_request(
            Build::new()
                .compute(Compute::medium())
                .install(template!("../../codebuild/pull_request/install.sh.tera"))
                .pre_build(template!("../../codebuild/pull_request/pre_build.sh.tera"))
                .build(template!("../../codebuild/pull_request/build.sh.tera"))
                .cache(Cache::s3_keyed_by(
                    "coworking-build-cache",
                    "cargo",
                    "Cargo.lock",
                    ["/root/.cargo/registry/**/*", "target/**/*"],
                )),
        )
        .release(
            Build::new()
                .compute(Compute::large())
                .privileged()
                .pre_build(template!("../../codebuild/release/pre_build.sh.tera"))
                .build(template!("../../codebuild/release/build.sh.tera"))
                .post_build([
                    template!("../../codebuild/release/post_build.sh.tera"),
                    template!("../../codebuild/release/export.sh.tera"),
                ])
                .cache(Cache::local(["target/**/*"]))
                .exports(variable!("IMAGE_DIGEST"))
                .artifacts(Artifacts::s3("coworking-releases", ["target/codebuild/image.json"])),
        )
}

/// The deployment alone.
pub(crate) fn deployment() -> Pipeline {
    Pipeline::new(
        name!("coworking-analytics"),
        Source::github("https://github.com/example/coworking").branch("main"),
        aws::repository(),
        coworking::version(),
    )
    .dockerfile("musl.Dockerfile")
    // One document tags by version, another by build number: an image gets both, and its commit. Deployments name none
    // of them but the digest, which nobody can move.
    .tags([Tag::Version, Tag::BuildNumber, Tag::Commit, Tag::Latest])
    .service_role(aws::build_role())
    .deployment(
        Build::new()
            .timeout_minutes(45)
            .variable(variable!("IMAGE_DIGEST"), "")
            .variable(variable!("IMAGE_TAG"), "")
            .install([
                template!("../../codebuild/deployment/install.sh.tera"),
                template!("../../codebuild/deployment/install_kubectl.sh.tera"),
            ])
            .pre_build(template!("../../codebuild/deployment/pre_build.sh.tera"))
            .build(template!("../../codebuild/deployment/build.sh.tera"))
            .post_build(template!("../../codebuild/deployment/post_build.sh.tera")),
    )
}
