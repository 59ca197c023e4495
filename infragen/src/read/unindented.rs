//! Quoted texts whose lines are indented less than the mapping around them: YAML does not allow it, and kubectl takes it.
//!
//! Blanks at the beginning of such a line mean nothing, so that a copy with more of them holds the same values.

use saphyr_parser::ScanError;

use super::ReadError;
use super::documents::Documents;
use crate::node::{Node, PlaceId, Value};

/// How many texts of one file are mended; for each, what follows is read once more.
const MOST_TEXTS: usize = 16;
/// How much larger the copy may be.
const MOST_BLANKS: usize = 1 << 20;

/// Whether the parser stopped because of one.
pub(super) fn is_told_by(error: &ScanError) -> bool {
    error.info() == "invalid indentation in quoted scalar"
}

/// All documents of a text from the one on that begins here, the last perhaps an error.
pub(super) fn documents(text: &str, start: usize) -> Vec<Result<Node, ReadError>> {
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let mut copy = Copy { text: text[start..].to_owned(), start, inserted: Vec::new(), blanks: 0 };
    for mended in 0.. {
        let mut documents = Documents::new(&copy.text);
        let mut read: Vec<_> = std::iter::from_fn(|| documents.next_as_written()).collect();
        match documents.unindented() {
            Some(quote) if mended < MOST_TEXTS && copy.indent(quote) => {}
            _ => {
                read.iter_mut().for_each(|read| copy.restore(text, read));
                return read;
            }
        }
    }
    Vec::new()
}

/// The text with more blanks.
struct Copy {
    text: String,
    /// Where it begins in the whole text.
    start: usize,
    /// Where blanks were put in, in its own terms, and how many; always at the beginning of a line.
    inserted: Vec<(usize, usize)>,
    blanks: usize,
}

impl Copy {
    /// Indents the lines of the text that begins with this quote as far as the quote; not where they would be too many.
    fn indent(&mut self, quote: usize) -> bool {
        let first = self.text[..quote].rfind('\n').map_or(0, |newline| newline + 1);
        let by = self.text[first..quote].chars().count();
        let Some(lines) = lines(&self.text, quote) else { return false };
        self.blanks += lines.len() * by;
        if self.blanks > MOST_BLANKS || lines.is_empty() || by == 0 {
            return false;
        }
        let blanks = " ".repeat(by);
        let mut text = String::with_capacity(self.text.len() + lines.len() * by);
        let mut done = 0;
        for line in lines {
            text.push_str(&self.text[done..line]);
            self.inserted.push((text.len(), by));
            text.push_str(&blanks);
            done = line;
        }
        text.push_str(&self.text[done..]);
        self.text = text;
        true
    }

    /// Gives what was read its places in the whole text.
    fn restore(&self, text: &str, read: &mut Result<Node, ReadError>) {
        match read {
            Ok(node) => self.restore_node(node),
            Err(ReadError { place: Some((line, column)), .. }) => {
                let first = self.text.split_inclusive('\n').take(*line - 1).map(str::len).sum::<usize>();
                let by = self.inserted.iter().find(|(at, _)| *at == first).map_or(0, |(_, by)| *by);
                *column = column.saturating_sub(by).max(1);
                *line += text[..self.start].matches('\n').count();
            }
            Err(_) => {}
        }
    }

    fn restore_node(&self, node: &mut Node) {
        node.place = self.original(node.place);
        match &mut node.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| self.restore_node(item)),
            Value::Mapping(fields) => {
                for field in fields {
                    field.place = self.original(field.place);
                    self.restore_node(&mut field.node);
                }
            }
            _ => {}
        }
    }

    fn original(&self, place: PlaceId) -> PlaceId {
        let place = place.0 as usize;
        let before = self.inserted.iter().take_while(|(at, _)| *at < place);
        let blanks: usize = before.map(|(at, by)| (*by).min(place - at)).sum();
        PlaceId(u32::try_from(self.start + place - blanks).unwrap_or(u32::MAX))
    }
}

/// Where the lines of a quoted text begin, but for the first and for empty ones; nothing where it has no end.
fn lines(text: &str, quote: usize) -> Option<Vec<usize>> {
    let bytes = text.as_bytes();
    let quote_sign = *bytes.get(quote)?;
    let mut lines = Vec::new();
    let mut at = quote + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote_sign == b'"' && bytes.get(at + 1) != Some(&b'\n') => at += 1,
            b'\'' if quote_sign == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            sign if sign == quote_sign => return Some(lines),
            b'\n' => {
                let line = &text[at + 1..];
                // The beginning of a document is one in quotes, too.
                if !line.starts_with(['\n', '\r']) && !line.starts_with("---") && !line.starts_with("...") {
                    lines.push(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use crate::node::FieldPath;
    use crate::read::documents;

    #[test]
    fn lines_of_quoted_texts_need_no_indentation() {
        let text = "a: 1\n---\n# é\nspec:\n  one: \"x\ny \\\n  z\n\n\" # \n  two: {three: 'it''s\nlong', é: 5}\n---\nb: 2\n";
        let nodes = documents(text).unwrap();
        assert_eq!(nodes.len(), 3);
        assert_eq!(nodes[1].at(&["spec", "one"]).unwrap().as_str(), Some("x y z\n"));
        assert_eq!(nodes[1].at(&["spec", "two", "three"]).unwrap().as_str(), Some("it's long"));
        for (path, expected) in
            [("spec.one", "\"x\ny"), ("spec.two", "{three"), ("spec.two.three", "'it"), ("spec.two.é", "5}")]
        {
            let node = nodes[1].at_path(&FieldPath::parse(path)).unwrap();
            assert!(text[node.place.0 as usize..].starts_with(expected), "{path}");
        }
        assert!(text[nodes[2].get("b").unwrap().place.0 as usize..].starts_with("2\n"));
    }

    #[test]
    fn errors_behind_them_have_their_place() {
        for (text, expected) in [
            ("a: 1\n---\nb:\n  c: 'x\ny'\n  c: 2\n", "line 6, column 3: the key `c` stands here twice"),
            ("b:\n  c: {x: 'x\ny', x: 1}\n", "line 3, column 5: the key `x` stands here twice"),
            ("b:\n  c: 'x\ny\n", "line 2, column 6"),
            (
                "b:\n  c: 'x\n--- y'\n",
                "line 2, column 6: while scanning a quoted scalar, found unexpected document indicator",
            ),
        ] {
            let error = documents(text).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{text}: {error}");
        }
    }

    #[test]
    fn too_many_are_told() {
        let texts = |count: usize| {
            let texts: String = (0..count).map(|number| format!("  k{number}: 'x\ny'\n")).collect();
            documents(&format!("a:\n{texts}"))
        };
        assert!(texts(super::MOST_TEXTS).is_ok());
        assert!(texts(super::MOST_TEXTS + 1).unwrap_err().message.contains("invalid indentation"));
    }
}
