//! The formats of findings, by name.

use super::{github, human, json, junit, sarif};
use crate::diagnostic::Severity;
use crate::lint::Report;

/// A format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, in a terminal
    #[default]
    Human,
    /// For programs: one array
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For CI's page of tests: JUnit's XML
    Junit,
    /// For GitHub's workflows: an annotation a finding
    Github,
}

impl Format {
    /// Prints the findings; those of the severity `fails_at` and above fail a test case, where the format has such.
    #[must_use]
    pub fn print(self, report: &Report, fails_at: Severity, color: bool) -> String {
        match self {
            Self::Human => human(report, color),
            Self::Json => json(report),
            Self::Sarif => sarif(report),
            Self::Junit => junit(report, fails_at),
            Self::Github => github(report),
        }
    }
}
