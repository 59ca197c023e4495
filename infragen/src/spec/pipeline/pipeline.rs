//! The pipeline of one program: its source, its image, and its builds.

use std::collections::BTreeMap;
use std::fmt;

use super::{Build, ImageRepository, Source, Tag};
use crate::origin::Chosen;
use crate::spec::problem::{Problem, Problems};
use crate::spec::quantity::{DnsLabel, Input, RoleArn, SemanticVersion};

/// The way from a source to a deployment.
///
/// The pipeline that is given to an environment deploys that environment.
#[derive(Clone, Debug)]
pub struct Pipeline {
    pub(crate) name: Option<Chosen<DnsLabel>>,
    pub(crate) source: Chosen<Source>,
    pub(crate) repository: Chosen<ImageRepository>,
    pub(crate) version: Option<Chosen<SemanticVersion>>,
    pub(crate) dockerfile: Chosen<String>,
    pub(crate) tags: Chosen<Vec<Tag>>,
    pub(crate) service_role: Option<Chosen<RoleArn>>,
    pub(crate) builds: BTreeMap<Occasion, Chosen<Build>>,
    pub(crate) problems: Problems,
}

/// When a build runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// Somebody proposes a change.
    PullRequest,
    /// A change has reached the branch that is released.
    Release,
    /// Somebody deploys an image that was released.
    Deployment,
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PullRequest => "pull-request",
            Self::Release => "release",
            Self::Deployment => "deployment",
        })
    }
}

impl Pipeline {
    /// A pipeline whose build projects begin with this name.
    #[must_use]
    #[track_caller]
    pub fn new(
        name: impl Input<DnsLabel>,
        source: Source,
        repository: ImageRepository,
        version: impl Input<SemanticVersion>,
    ) -> Self {
        let mut problems = Problems::default();
        if !source.url.starts_with("https://") || source.url.contains(char::is_whitespace) {
            problems.note(
                "pipeline.source",
                format!("`{}` is not the address of a repository", source.url),
                "write it as `https://github.com/example/coworking`".to_owned(),
            );
        }
        Self {
            name: problems.take("pipeline.name", name),
            source: Chosen::here(source),
            repository: Chosen::here(repository),
            version: problems.take("pipeline.version", version),
            dockerfile: Chosen::default("Dockerfile".to_owned(), "Docker's own default"),
            tags: Chosen::default(
                vec![Tag::Version, Tag::BuildNumber, Tag::Commit, Tag::Latest],
                "an image is found by its version, its build and its commit",
            ),
            service_role: None,
            builds: BTreeMap::new(),
            problems,
        }
    }

    /// The file that the image is built from, in the source.
    #[must_use]
    #[track_caller]
    pub fn dockerfile(mut self, file: impl Into<String>) -> Self {
        self.dockerfile = Chosen::here(file.into());
        self
    }

    /// What a release calls its image. It needs one that is new each time: [`Tag::BuildNumber`] or [`Tag::Commit`].
    #[must_use]
    #[track_caller]
    pub fn tags(mut self, tags: impl IntoIterator<Item = Tag>) -> Self {
        let tags: Vec<Tag> = tags.into_iter().collect();
        if tags.contains(&Tag::BuildNumber) || tags.contains(&Tag::Commit) {
            self.tags = Chosen::here(tags);
        } else {
            self.problems.note(
                "pipeline.tags",
                "no tag is new with each release, so that an image could not be found again".to_owned(),
                "add `Tag::BuildNumber` or `Tag::Commit`".to_owned(),
            );
        }
        self
    }

    /// The IAM role that the builds run as. Without one it is the role of the project's name, in the registry's account.
    #[must_use]
    #[track_caller]
    pub fn service_role(mut self, role: impl Input<RoleArn>) -> Self {
        self.service_role = self.problems.take("pipeline.service_role", role).or(self.service_role);
        self
    }

    /// What runs for a pull request.
    #[must_use]
    #[track_caller]
    pub fn pull_request(self, build: Build) -> Self {
        self.on(Occasion::PullRequest, build)
    }

    /// What runs for each change of the branch that is released.
    #[must_use]
    #[track_caller]
    pub fn release(self, build: Build) -> Self {
        self.on(Occasion::Release, build)
    }

    /// What runs to deploy an image.
    #[must_use]
    #[track_caller]
    pub fn deployment(self, build: Build) -> Self {
        self.on(Occasion::Deployment, build)
    }

    #[track_caller]
    fn on(mut self, occasion: Occasion, build: Build) -> Self {
        self.problems.extend(build.problems.clone());
        if build.phases.is_empty() {
            self.problems.note(
                "pipeline.build",
                format!("the {occasion} build runs nothing"),
                "give it a phase, such as `.build(template!(…))`".to_owned(),
            );
        }
        self.builds.insert(occasion, Chosen::here(build));
        self
    }

    /// What its setters refused.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.problems.all()
    }
}
