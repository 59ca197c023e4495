//! `artifacts`: what is kept of the build.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{List, off};

/// What is kept of the build: one set of files, and others by the identifiers that the project gives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Artifacts {
    /// The primary artifact. Its files are required even where just secondary ones matter.
    #[serde(flatten)]
    pub primary: ArtifactFiles,
    /// The others.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub secondary_artifacts: BTreeMap<String, ArtifactFiles>,
}

/// One artifact's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ArtifactFiles {
    /// Which files, as globs.
    pub files: List<String>,
    /// A shell expression for the name; it needs the project's `overrideArtifactName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the files' folders are forgotten.
    #[serde(skip_serializing_if = "off")]
    pub discard_paths: bool,
    /// The folder that the globs begin in; the source's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_directory: Option<String>,
    /// What is left out, as globs relative to the base directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_paths: Option<List<String>>,
    /// Whether symbolic links are kept as such, in a ZIP file.
    #[serde(skip_serializing_if = "off")]
    pub enable_symlinks: bool,
    /// A prefix in the bucket, where the project's namespace type is `BUILD_ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_prefix: Option<String>,
}

impl ArtifactFiles {
    /// These files, and nothing more said.
    #[must_use]
    pub const fn new(files: List<String>) -> Self {
        Self {
            files,
            name: None,
            discard_paths: false,
            base_directory: None,
            exclude_paths: None,
            enable_symlinks: false,
            s3_prefix: None,
        }
    }
}

impl From<ArtifactFiles> for Artifacts {
    fn from(primary: ArtifactFiles) -> Self {
        Self { primary, secondary_artifacts: BTreeMap::new() }
    }
}
