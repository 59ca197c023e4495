//! One build project: what it runs on, what it runs, and what it keeps.

use std::collections::BTreeMap;

use super::{Artifacts, BuildImage, BuildValue, Cache, Compute, Phase, Report};
use crate::origin::Chosen;
use crate::spec::problem::Problems;
use crate::spec::quantity::{Input, VariableName};

/// A build: CodeBuild's build project, and the buildspec that it runs.
#[derive(Clone, Debug)]
pub struct Build {
    pub(crate) compute: Chosen<Compute>,
    pub(crate) image: Chosen<BuildImage>,
    pub(crate) privileged: Chosen<bool>,
    pub(crate) timeout_minutes: Chosen<u16>,
    pub(crate) phases: BTreeMap<PhaseName, Chosen<Phase>>,
    pub(crate) variables: BTreeMap<String, Chosen<BuildValue>>,
    pub(crate) cache: Option<Chosen<Cache>>,
    pub(crate) reports: BTreeMap<String, Chosen<Report>>,
    pub(crate) artifacts: Option<Chosen<Artifacts>>,
    pub(crate) problems: Problems,
}

/// The phases that a buildspec has, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PhaseName {
    Install,
    PreBuild,
    Build,
    PostBuild,
}

impl Default for Build {
    fn default() -> Self {
        Self::new()
    }
}

impl Build {
    /// A build that runs nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            compute: Chosen::default(Compute::small(), "the smallest machine"),
            image: Chosen::default(BuildImage::AmazonLinux, "what CodeBuild keeps ready"),
            privileged: Chosen::default(false, "the root of a privileged container is root of its machine"),
            timeout_minutes: Chosen::default(60, "CodeBuild's own default"),
            phases: BTreeMap::new(),
            variables: BTreeMap::new(),
            cache: None,
            reports: BTreeMap::new(),
            artifacts: None,
            problems: Problems::default(),
        }
    }

    /// The machine that it runs on.
    #[must_use]
    #[track_caller]
    pub fn compute(mut self, compute: Compute) -> Self {
        self.compute = Chosen::here(compute);
        self
    }

    /// The image that it runs in.
    #[must_use]
    #[track_caller]
    pub fn image(mut self, image: BuildImage) -> Self {
        self.image = Chosen::here(image);
        self
    }

    /// May run Docker.
    #[must_use]
    #[track_caller]
    pub fn privileged(mut self) -> Self {
        self.privileged = Chosen::here(true);
        self
    }

    /// Ends it after so many minutes, 5 to 2160.
    #[must_use]
    #[track_caller]
    pub fn timeout_minutes(mut self, minutes: u16) -> Self {
        if (5..=2160).contains(&minutes) {
            self.timeout_minutes = Chosen::here(minutes);
        } else {
            self.problems.note(
                "build.timeout_minutes",
                format!("a build cannot end after `{minutes}` minutes"),
                "give 5 to 2160 minutes".to_owned(),
            );
        }
        self
    }

    /// Makes tools ready.
    #[must_use]
    #[track_caller]
    pub fn install(self, phase: impl Into<Phase>) -> Self {
        self.phase(PhaseName::Install, phase.into())
    }

    /// Runs before the build proper: logins, checks.
    #[must_use]
    #[track_caller]
    pub fn pre_build(self, phase: impl Into<Phase>) -> Self {
        self.phase(PhaseName::PreBuild, phase.into())
    }

    /// The build proper.
    #[must_use]
    #[track_caller]
    pub fn build(self, phase: impl Into<Phase>) -> Self {
        self.phase(PhaseName::Build, phase.into())
    }

    /// Runs after the build proper, even if that failed: `CODEBUILD_BUILD_SUCCEEDING` is 1 if it did not.
    #[must_use]
    #[track_caller]
    pub fn post_build(self, phase: impl Into<Phase>) -> Self {
        self.phase(PhaseName::PostBuild, phase.into())
    }

    #[track_caller]
    fn phase(mut self, name: PhaseName, phase: Phase) -> Self {
        if matches!(phase.on_failure, Some(super::OnFailure::Retry(101..))) {
            self.problems.note(
                "build.phase.on_failure",
                "CodeBuild tries a build again at most 100 times".to_owned(),
                "give `OnFailure::Retry` a smaller number".to_owned(),
            );
        } else {
            self.phases.insert(name, Chosen::here(phase));
        }
        self
    }

    /// A variable in plain text, which whoever starts a build may override.
    #[must_use]
    #[track_caller]
    pub fn variable(self, name: impl Input<VariableName>, value: impl Into<String>) -> Self {
        self.value(name, BuildValue::Plain(value.into()))
    }

    /// A variable from a parameter of Systems Manager, by its name.
    #[must_use]
    #[track_caller]
    pub fn parameter(self, name: impl Input<VariableName>, parameter: impl Into<String>) -> Self {
        self.value(name, BuildValue::Parameter(parameter.into()))
    }

    /// A variable from a key of a secret in Secrets Manager.
    #[must_use]
    #[track_caller]
    pub fn secret(
        self,
        name: impl Input<VariableName>,
        secret: impl Into<String>,
        key: impl Into<String>,
    ) -> Self {
        self.value(name, BuildValue::Secret { secret: secret.into(), key: key.into() })
    }

    /// A variable that the commands set, for a later stage of CodePipeline to read.
    #[must_use]
    #[track_caller]
    pub fn exports(self, name: impl Input<VariableName>) -> Self {
        self.value(name, BuildValue::Commands)
    }

    #[track_caller]
    fn value(mut self, name: impl Input<VariableName>, value: BuildValue) -> Self {
        let Some(name) = self.problems.take("build.variable", name) else { return self };
        let name = name.value.as_str();
        let exports = value == BuildValue::Commands;
        if name.starts_with("CODEBUILD_") || (exports && name.starts_with("AWS_")) {
            self.problems.note(
                "build.variable",
                format!("`{name}` is a variable of CodeBuild's own"),
                "give it another name".to_owned(),
            );
        } else {
            self.variables.insert(name.to_owned(), Chosen::here(value));
        }
        self
    }

    /// What it keeps for the next build.
    #[must_use]
    #[track_caller]
    pub fn cache(mut self, cache: Cache) -> Self {
        self.cache = Chosen::here(cache).into();
        self
    }

    /// A report that its tests write, in a group of this name. There are at most five.
    #[must_use]
    #[track_caller]
    pub fn report(mut self, group: impl Into<String>, report: Report) -> Self {
        self.reports.insert(group.into(), Chosen::here(report));
        if self.reports.len() > 5 {
            self.reports.pop_last();
            self.problems.note(
                "build.report",
                "a build project has at most 5 report groups".to_owned(),
                "put more files into one of them".to_owned(),
            );
        }
        self
    }

    /// What is kept of it.
    #[must_use]
    #[track_caller]
    pub fn artifacts(mut self, artifacts: Artifacts) -> Self {
        self.artifacts = Some(Chosen::here(artifacts));
        self
    }
}
