//! Where a finding sends its reader: a file, and a line where one is known.

use crate::bundle::Place;
use crate::diagnostic::Diagnostic;

/// A file, and a line where one is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whereabouts {
    /// The manifest, or the Rust file that a rendered value comes from; empty for the bundle as a whole.
    pub(super) file: String,
    /// First is 1.
    pub(super) line: Option<usize>,
    /// In characters; first is 1.
    pub(super) column: Option<usize>,
    /// The column behind the last character.
    pub(super) end_column: Option<usize>,
}

impl Whereabouts {
    pub(super) fn of(diagnostic: &Diagnostic) -> Self {
        let written = || diagnostic.file.display().to_string();
        let nowhere = || Self { file: written(), line: None, column: None, end_column: None };
        match &diagnostic.place {
            Some(Place::Yaml { line, column }) => Self {
                file: written(),
                line: Some(*line),
                column: Some(*column),
                end_column: diagnostic.excerpt.as_ref().map(|excerpt| column + excerpt.length),
            },
            Some(Place::Rust(origin)) => origin.location().map_or_else(nowhere, |at| Self {
                file: at.file().to_owned(),
                line: Some(at.line() as usize),
                column: Some(at.column() as usize),
                end_column: None,
            }),
            None => nowhere(),
        }
    }

    /// Such as `web.yaml:3:5`.
    pub(super) fn shown(&self) -> String {
        let numbers = [self.line, self.column].into_iter().flatten();
        numbers.fold(self.file.clone(), |text, number| format!("{text}:{number}"))
    }
}
