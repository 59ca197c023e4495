//! What a run of the linter found.

use crate::diagnostic::{Diagnostic, Severity};

/// What a run of the linter found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, waived ones too, by file and line.
    pub diagnostics: Vec<Diagnostic>,
    /// How many objects were looked at.
    pub objects: usize,
    /// How many documents of other kinds were looked at.
    pub others: usize,
}

impl Report {
    /// The findings that nobody waived.
    pub fn open(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.waived.is_none())
    }

    /// How many findings of this severity nobody waived.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.open().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// The weightiest severity among the findings that nobody waived.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.open().map(|diagnostic| diagnostic.severity).max()
    }
}
