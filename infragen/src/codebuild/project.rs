//! A build project, as `aws codebuild create-project --cli-input-json` takes it: what stands in no buildspec.

use serde::Serialize;

use crate::spec::pipeline::{
    Architecture, Build, BuildImage, Host, ImageRepository, Occasion, Size, Source as GitSource, Store,
};
use crate::spec::quantity::RoleArn;

/// A build project.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Project {
    name: String,
    description: String,
    source: Source,
    source_version: String,
    artifacts: Artifacts,
    cache: Cache,
    environment: Environment,
    service_role: String,
    timeout_in_minutes: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    concurrent_build_limit: Option<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    r#type: &'static str,
    location: String,
    git_clone_depth: u8,
    buildspec: String,
    report_build_status: bool,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
enum Artifacts {
    #[serde(rename = "NO_ARTIFACTS")]
    None,
    S3 {
        location: String,
        namespace_type: &'static str,
        packaging: &'static str,
    },
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Cache {
    #[serde(rename = "NO_CACHE")]
    None,
    #[serde(rename = "LOCAL")]
    Local {
        modes: Vec<&'static str>,
    },
    S3 {
        location: String,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Environment {
    r#type: &'static str,
    image: String,
    compute_type: &'static str,
    privileged_mode: bool,
    image_pull_credentials_type: &'static str,
}

/// What all projects of a pipeline have in common.
pub(super) struct Common<'a> {
    pub(super) name: &'a str,
    pub(super) source: &'a GitSource,
    pub(super) repository: &'a ImageRepository,
    pub(super) service_role: Option<&'a RoleArn>,
}

impl Project {
    /// The project that runs a build on an occasion. A deployment's is its environment's own.
    pub(super) fn of(
        common: &Common<'_>,
        occasion: Occasion,
        environment: &str,
        build: &Build,
        buildspec: String,
    ) -> Self {
        let description = match occasion {
            Occasion::PullRequest => "Tests a pull request.".to_owned(),
            Occasion::Release => format!("Builds the image {} and pushes it.", common.repository.name),
            Occasion::Deployment => {
                format!("Deploys the image that IMAGE_DIGEST or IMAGE_TAG names to {environment}.")
            }
        };
        let account = &common.repository.registry.account;
        Self {
            source: Source {
                r#type: host(common.source.host),
                location: common.source.url.clone(),
                // Nothing that runs looks at the history.
                git_clone_depth: 1,
                buildspec,
                report_build_status: common.source.host != Host::CodeCommit,
            },
            source_version: common.source.branch.clone(),
            artifacts: artifacts(build),
            cache: cache(build),
            environment: build_environment(build),
            service_role: common
                .service_role
                .map_or_else(|| format!("arn:aws:iam::{account}:role/{}", common.name), ToString::to_string),
            timeout_in_minutes: build.timeout_minutes.value,
            // Two deployments at once would each wait for, and roll back, the other's.
            concurrent_build_limit: (occasion == Occasion::Deployment).then_some(1),
            name: project_name(common.name, occasion, environment),
            description,
        }
    }
}

/// What a project is called.
#[must_use]
pub fn project_name(pipeline: &str, occasion: Occasion, environment: &str) -> String {
    match occasion {
        Occasion::PullRequest | Occasion::Release => format!("{pipeline}-{occasion}"),
        Occasion::Deployment => format!("{pipeline}-{occasion}-{environment}"),
    }
}

const fn host(host: Host) -> &'static str {
    match host {
        Host::GitHub => "GITHUB",
        Host::GitLab => "GITLAB",
        Host::Bitbucket => "BITBUCKET",
        Host::CodeCommit => "CODECOMMIT",
    }
}

fn artifacts(build: &Build) -> Artifacts {
    build.artifacts.as_ref().map_or(Artifacts::None, |artifacts| Artifacts::S3 {
        location: artifacts.value.bucket.clone(),
        namespace_type: "BUILD_ID",
        packaging: "NONE",
    })
}

fn cache(build: &Build) -> Cache {
    match build.cache.as_ref().map(|cache| &cache.value.store) {
        None => Cache::None,
        Some(Store::S3 { location, .. }) => Cache::S3 { location: location.clone() },
        Some(Store::Local) => Cache::Local {
            modes: match build.privileged.value {
                true => vec!["LOCAL_CUSTOM_CACHE", "LOCAL_DOCKER_LAYER_CACHE"],
                false => vec!["LOCAL_CUSTOM_CACHE"],
            },
        },
    }
}

fn build_environment(build: &Build) -> Environment {
    let compute = build.compute.value;
    let (kind, managed) = match compute.architecture {
        Architecture::X86_64 => ("LINUX_CONTAINER", "aws/codebuild/amazonlinux-x86_64-standard:5.0"),
        Architecture::Arm64 => ("ARM_CONTAINER", "aws/codebuild/amazonlinux-aarch64-standard:3.0"),
    };
    let (image, credentials) = match &build.image.value {
        BuildImage::AmazonLinux => (managed.to_owned(), "CODEBUILD"),
        BuildImage::Own(image) => (image.to_string(), "SERVICE_ROLE"),
    };
    Environment {
        r#type: kind,
        image,
        compute_type: match compute.size {
            Size::Small => "BUILD_GENERAL1_SMALL",
            Size::Medium => "BUILD_GENERAL1_MEDIUM",
            Size::Large => "BUILD_GENERAL1_LARGE",
            Size::XLarge => "BUILD_GENERAL1_XLARGE",
            Size::XxLarge => "BUILD_GENERAL1_2XLARGE",
        },
        privileged_mode: build.privileged.value,
        image_pull_credentials_type: credentials,
    }
}
