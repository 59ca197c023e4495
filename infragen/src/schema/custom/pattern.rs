//! Patterns of texts, as Go reads them.

use std::sync::OnceLock;

use regex_lite::{Regex, RegexBuilder};

/// What a pattern may grow to once it is compiled; repetitions of repetitions are longer than they look.
const LARGEST: usize = 1 << 20;

/// A pattern; compiled when it is first asked.
///
/// Both readers know RE2's syntax. One that ours cannot read matches everything, and is told.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.to_owned(), compiled: OnceLock::new() }
    }

    /// Whether some part of the text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| compile(&self.source));
        compiled.as_ref().is_none_or(|pattern| pattern.is_match(text))
    }

    /// Whether somebody asked, and it could not be read.
    pub(super) fn was_passed_over(&self) -> bool {
        matches!(self.compiled.get(), Some(None))
    }
}

/// A pattern, unless it cannot be read or is too large.
pub(super) fn compile(source: &str) -> Option<Regex> {
    RegexBuilder::new(source).size_limit(LARGEST).build().ok()
}
