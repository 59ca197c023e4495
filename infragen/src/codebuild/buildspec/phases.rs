//! `phases`: what is run, in the four phases that there are.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::List;

/// The phases, in the order in which CodeBuild runs them. There is always one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phases {
    #[serde(skip_serializing_if = "Option::is_none")]
    install: Option<Install>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_build: Option<Phase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<Phase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_build: Option<Phase>,
}

/// The phase that makes tools ready.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Install {
    /// The Linux user that runs the commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_as: Option<String>,
    /// What happens when the phase fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<OnFailure>,
    /// Runtimes of CodeBuild's managed images, such as `golang: "1.22"`; other images ignore them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub runtime_versions: BTreeMap<String, String>,
    /// What is run, in one shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commands: Option<List<String>>,
    /// What is run then, even if a command failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finally: Option<List<String>>,
}

/// Any other phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Phase {
    /// The Linux user that runs the commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_as: Option<String>,
    /// What happens when the phase fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<OnFailure>,
    /// What is run, in one shell. A command is one text, of however many lines.
    pub commands: List<String>,
    /// What is run then, even if a command failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finally: Option<List<String>>,
}

/// What happens when a phase fails. CodeBuild heeds it on EC2 compute, not on Lambda compute or reserved capacity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// The build ends, but for what always runs.
    Abort,
    /// The next phase runs.
    Continue,
    /// The build is tried again.
    Retry(Retry),
}

/// How often a failed build is tried again, and after which failures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retry {
    /// How often; three times when absent.
    pub count: Option<RetryCount>,
    /// A regular expression that the error must match; any error when absent.
    pub pattern: Option<String>,
}

/// How often a build is tried again: 0 to 100 times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryCount(u8);

/// More retries than CodeBuild takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} retries are too many: CodeBuild takes at most 100")]
pub struct RetryCountError(u8);

impl TryFrom<u8> for RetryCount {
    type Error = RetryCountError;

    fn try_from(count: u8) -> Result<Self, RetryCountError> {
        if count > 100 { Err(RetryCountError(count)) } else { Ok(Self(count)) }
    }
}

impl Phases {
    /// Just the `install` phase.
    #[must_use]
    pub const fn install(install: Install) -> Self {
        Self { install: Some(install), pre_build: None, build: None, post_build: None }
    }

    /// Just the `pre_build` phase.
    #[must_use]
    pub const fn pre_build(phase: Phase) -> Self {
        Self { install: None, pre_build: Some(phase), build: None, post_build: None }
    }

    /// Just the `build` phase.
    #[must_use]
    pub const fn build(phase: Phase) -> Self {
        Self { install: None, pre_build: None, build: Some(phase), post_build: None }
    }

    /// Just the `post_build` phase, which runs even if `build` failed.
    #[must_use]
    pub const fn post_build(phase: Phase) -> Self {
        Self { install: None, pre_build: None, build: None, post_build: Some(phase) }
    }

    /// These phases and those; where both have one, those.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            install: other.install.or(self.install),
            pre_build: other.pre_build.or(self.pre_build),
            build: other.build.or(self.build),
            post_build: other.post_build.or(self.post_build),
        }
    }
}

impl Phase {
    /// A phase that runs these commands.
    #[must_use]
    pub const fn new(commands: List<String>) -> Self {
        Self { run_as: None, on_failure: None, commands, finally: None }
    }
}

impl fmt::Display for OnFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Abort => f.write_str("ABORT"),
            Self::Continue => f.write_str("CONTINUE"),
            Self::Retry(Retry { count, pattern }) => {
                f.write_str("RETRY")?;
                count.map_or(Ok(()), |RetryCount(count)| write!(f, "-{count}"))?;
                pattern.as_ref().map_or(Ok(()), |pattern| write!(f, "-{pattern}"))
            }
        }
    }
}

impl Serialize for OnFailure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{OnFailure, Retry, RetryCount, RetryCountError};

    #[test]
    fn what_happens_on_failure_is_written_as_codebuild_reads_it() {
        let retry = |count: Option<u8>, pattern: Option<&str>| {
            OnFailure::Retry(Retry {
                count: count.map(|count| RetryCount::try_from(count).unwrap()),
                pattern: pattern.map(str::to_owned),
            })
        };
        for (on_failure, written) in [
            (OnFailure::Abort, "ABORT"),
            (OnFailure::Continue, "CONTINUE"),
            (retry(None, None), "RETRY"),
            (retry(Some(2), None), "RETRY-2"),
            (retry(None, Some(".*timeout.*")), "RETRY-.*timeout.*"),
            (retry(Some(100), Some(".*timeout.*")), "RETRY-100-.*timeout.*"),
        ] {
            assert_eq!(on_failure.to_string(), written);
        }
        assert_eq!(RetryCount::try_from(101), Err(RetryCountError(101)));
    }
}
