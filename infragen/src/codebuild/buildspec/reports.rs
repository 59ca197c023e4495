//! `reports`: what test tools wrote, for CodeBuild to show.

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use super::{List, off};

/// At most five report groups by name or ARN, as many as a project may have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Reports(BTreeMap<String, Report>);

/// The files of one report group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Which files, as globs.
    pub files: List<String>,
    /// The folder that the globs begin in; the source's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_directory: Option<String>,
    /// Whether the files' folders are forgotten.
    #[serde(skip_serializing_if = "off")]
    pub discard_paths: bool,
    /// What the files hold; [`FileFormat::JunitXml`] when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_format: Option<FileFormat>,
}

/// What a report's files hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "each is the name of a format")]
pub enum FileFormat {
    JunitXml,
    CucumberJson,
    NunitXml,
    Nunit3Xml,
    TestngXml,
    VisualStudioTrx,
    CloverXml,
    CoberturaXml,
    JacocoXml,
    Simplecov,
}

/// More report groups than a project may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} report groups are too many: a project has at most 5")]
pub struct TooManyReports(usize);

impl Reports {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Report {
    /// The report in these files.
    #[must_use]
    pub const fn new(files: List<String>) -> Self {
        Self { files, base_directory: None, discard_paths: false, file_format: None }
    }
}

impl TryFrom<BTreeMap<String, Report>> for Reports {
    type Error = TooManyReports;

    fn try_from(groups: BTreeMap<String, Report>) -> Result<Self, TooManyReports> {
        if groups.len() > 5 { Err(TooManyReports(groups.len())) } else { Ok(Self(groups)) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{List, Report, Reports, TooManyReports};

    #[test]
    fn a_project_has_five_report_groups_at_most() {
        let groups = |number: usize| -> BTreeMap<String, Report> {
            (0..number).map(|group| (format!("group-{group}"), Report::new(List::of(["*.xml"])))).collect()
        };
        assert!(Reports::try_from(groups(5)).is_ok());
        assert_eq!(Reports::try_from(groups(6)), Err(TooManyReports(6)));
    }
}
