//! Where a value came from: a line of somebody's YAML, or a line of Rust.

use crate::origin::Origin;

/// A place that a person can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file that was read.
    Yaml {
        /// First is 1.
        line: usize,
        /// In characters; first is 1.
        column: usize,
    },
    /// In the source of an environment.
    Rust(Origin),
}

impl Place {
    /// The place of a byte offset in a text.
    #[must_use]
    pub fn in_text(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::Yaml { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn an_offset_becomes_line_and_column() {
        assert_eq!(Place::in_text("a: 1\né: 2\n", 7), Place::Yaml { line: 2, column: 2 });
        assert_eq!(Place::in_text("", 0), Place::Yaml { line: 1, column: 1 });
    }
}
