//! A CodeBuild buildspec, version 0.2, as types in the order of its documentation.
//!
//! Source: *Build specification reference for CodeBuild* and *Batch build buildspec reference*.
//! Left out: a phase's `steps`, which only CodeBuild's managed GitHub Actions runner takes, and version 0.1.
//! Switches that are documented as `yes | no` are written `true`, and left out when they are off: to a reader of
//! YAML 1.1 both are the same boolean, while to one of YAML 1.2 a plain `yes` is a string and `true` is not.

mod artifacts;
mod batch;
mod cache;
mod environment;
mod list;
mod phases;
mod reports;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

pub use artifacts::{ArtifactFiles, Artifacts};
pub use batch::{
    Batch, BuildEnvironment, BuildHandle, BuildKind, Capacity, Fanout, Graph, GraphBuild, ListBuild, Matrix,
    MatrixDynamic, MatrixDynamicEnvironment, MatrixStatic, MatrixStaticEnvironment,
};
pub use cache::{Action, Cache, Key};
pub use environment::{
    BuildVariable, BuildVariableError, Environment, SecretReference, SecretVersion, Shell, Source,
};
pub use list::{List, ListError};
pub use phases::{Install, OnFailure, Phase, Phases, Retry, RetryCount, RetryCountError};
pub use reports::{FileFormat, Report, Reports, TooManyReports};

/// A whole buildspec.
#[derive(Clone, Debug, PartialEq)]
pub struct Buildspec {
    /// The Linux user that runs every command which no phase says otherwise of; root when absent.
    pub run_as: Option<String>,
    /// The shell and the variables.
    pub env: Environment,
    /// What goes through an explicit proxy server.
    pub proxy: Proxy,
    /// Builds that run together.
    pub batch: Option<Batch>,
    /// What is run, and when.
    pub phases: Phases,
    /// What test tools wrote.
    pub reports: Reports,
    /// What is kept of the build.
    pub artifacts: Option<Artifacts>,
    /// What is kept for the next build.
    pub cache: Option<Cache>,
}

/// What goes through an explicit proxy server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Proxy {
    /// Artifacts do.
    #[serde(skip_serializing_if = "off")]
    pub upload_artifacts: bool,
    /// Logs do.
    #[serde(skip_serializing_if = "off")]
    pub logs: bool,
}

impl Buildspec {
    /// A buildspec that runs these phases and says nothing else.
    #[must_use]
    pub fn new(phases: Phases) -> Self {
        Self {
            run_as: None,
            env: Environment::default(),
            proxy: Proxy::default(),
            batch: None,
            phases,
            reports: Reports::default(),
            artifacts: None,
            cache: None,
        }
    }
}

impl Serialize for Buildspec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Buildspec", 9)?;
        // A number, as in every example of the documentation.
        document.serialize_field("version", &0.2)?;
        optional(&mut document, "run-as", self.run_as.as_ref())?;
        optional(&mut document, "env", Some(&self.env).filter(|env| !env.is_empty()))?;
        optional(&mut document, "proxy", Some(&self.proxy).filter(|proxy| **proxy != Proxy::default()))?;
        optional(&mut document, "batch", self.batch.as_ref())?;
        document.serialize_field("phases", &self.phases)?;
        optional(&mut document, "reports", Some(&self.reports).filter(|reports| !reports.is_empty()))?;
        optional(&mut document, "artifacts", self.artifacts.as_ref())?;
        optional(&mut document, "cache", self.cache.as_ref())?;
        document.end()
    }
}

fn optional<T: Serialize, D: SerializeStruct>(
    document: &mut D,
    name: &'static str,
    value: Option<&T>,
) -> Result<(), D::Error> {
    value.map_or(Ok(()), |value| document.serialize_field(name, value))
}

/// Whether a switch is off, and so is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
const fn off(switch: &bool) -> bool {
    !*switch
}
