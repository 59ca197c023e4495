//! The text of a file, in which places are found quickly however long it is and however many are asked for.

use std::ops::Deref;
use std::sync::OnceLock;

use super::Place;

/// How many bytes there are from mark to mark.
const STRIDE: usize = 4096;

/// The text of a file.
#[derive(Debug)]
pub struct SourceText {
    text: Box<str>,
    /// Where each stretch of the text begins; made when a place in a long text is first asked for.
    marks: OnceLock<Box<[Mark]>>,
}

/// How many lines end before a mark, and how many characters of its own line stand before it.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    lines: usize,
    characters: usize,
}

impl SourceText {
    /// Line and column of a byte offset.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let stretch = offset / STRIDE;
        let start = if stretch == 0 { Mark::default() } else { self.marks()[stretch] };
        let Mark { lines, characters } = start.after(&self.text.as_bytes()[stretch * STRIDE..offset]);
        Place::Yaml { line: lines + 1, column: characters + 1 }
    }

    fn marks(&self) -> &[Mark] {
        self.marks.get_or_init(|| {
            let stretches = self.text.as_bytes().chunks(STRIDE);
            let ends = stretches.scan(Mark::default(), |mark, stretch| {
                *mark = mark.after(stretch);
                Some(*mark)
            });
            [Mark::default()].into_iter().chain(ends).collect()
        })
    }
}

impl Mark {
    fn after(self, bytes: &[u8]) -> Self {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        // A character is its first byte; all others begin with the bits 10.
        let characters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(newline) => {
                Self { lines: self.lines + lines, characters: characters(&bytes[newline + 1..]) }
            }
            None => Self { lines: self.lines, characters: self.characters + characters(bytes) },
        }
    }
}

impl Deref for SourceText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for SourceText {
    fn from(text: &str) -> Self {
        Self { text: text.into(), marks: OnceLock::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, SourceText};
    use crate::bundle::Place;

    #[test]
    fn places_are_those_that_counting_gives() {
        let words = ["a: é\n", "longer than the others: ö\n", "\n", "x", "日本"];
        let text: String = (0..3000).map(|word| words[word * word % 5]).collect();
        let source = SourceText::from(&*text);
        assert!(text.len() > 3 * STRIDE);
        for (offset, _) in text.char_indices().step_by(7).chain([(text.len(), ' ')]) {
            assert_eq!(source.place(offset), Place::in_text(&text, offset), "{offset}");
        }
        assert_eq!(source.place(usize::MAX), source.place(text.len()));
    }
}
