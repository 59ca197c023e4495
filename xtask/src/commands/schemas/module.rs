//! Go modules, as sources of files.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use serde::Deserialize;

use crate::run::{command, text};

/// One version of a Go module.
pub(in crate::commands) struct Module {
    path: String,
    /// As Go writes it: `v1.36.3`.
    version: String,
    /// Its minor version.
    pub(super) minor: u32,
}

#[derive(Deserialize)]
struct Download {
    #[serde(rename = "Dir")]
    folder: PathBuf,
}

impl Module {
    /// The newest patch of each minor version that is no pre-release, oldest first.
    pub(super) fn newest_of_each_minor(path: &str) -> anyhow::Result<Vec<Self>> {
        let listed = text(command("go").current_dir("/").args(["list", "-m", "-versions", path]))?;
        let mut newest: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for version in listed.split_whitespace().skip(1) {
            let numbers: Option<Vec<u32>> =
                version.trim_start_matches('v').split('.').map(|number| number.parse().ok()).collect();
            if let Some([major, minor, patch]) = numbers.as_deref() {
                let known = newest.entry((*major, *minor)).or_default();
                *known = (*known).max(*patch);
            }
        }
        Ok(newest
            .into_iter()
            .map(|((major, minor), patch)| Self {
                path: path.to_owned(),
                version: format!("v{major}.{minor}.{patch}"),
                minor,
            })
            .collect())
    }

    /// The newest version that is no pre-release.
    pub(in crate::commands) fn newest(path: &str) -> anyhow::Result<Self> {
        Self::newest_of_each_minor(path)?.pop().with_context(|| format!("`{path}` has no versions"))
    }

    /// Where its files are, downloaded if they are not there yet.
    pub(super) fn folder(&self) -> anyhow::Result<PathBuf> {
        let printed =
            text(command("go").current_dir("/").args(["mod", "download", "-json", &self.to_string()]))?;
        let download: Download = serde_json::from_str(&printed)?;
        Ok(download.folder)
    }

    /// One of its files.
    pub(in crate::commands) fn read(&self, file: &str) -> anyhow::Result<String> {
        let path = self.folder()?.join(file);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }
}

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.path, self.version)
    }
}
