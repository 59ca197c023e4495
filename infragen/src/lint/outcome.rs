//! What a run of the linter found.

use super::rules::DEFINITION_RULE_PASSED_OVER;
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
    /// Adds what was found elsewhere. What both say of one definition that both were given is said once.
    pub fn add(&mut self, other: Self) {
        self.objects += other.objects;
        self.others += other.others;
        let is_said = |said: &Diagnostic, one: &Diagnostic| {
            said.rule == one.rule
                && said.file == one.file
                && said.path == one.path
                && said.object == one.object
        };
        let passed_over = DEFINITION_RULE_PASSED_OVER.id;
        for one in other.diagnostics {
            if one.rule != passed_over || !self.diagnostics.iter().any(|said| is_said(said, &one)) {
                self.diagnostics.push(one);
            }
        }
    }

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
