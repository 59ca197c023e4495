//! Lines that are indented less than the mapping around them, in quotes or brackets: YAML does not allow it, kubectl
//! takes it, and many write a list like this:
//!
//! ```yaml
//! args: [
//!   "--verbose",
//! ]
//! ```
//!
//! Blanks at the beginning of such a line mean nothing, so that a copy with more of them holds the same values.

use saphyr_parser::ScanError;

use super::ReadError;
use super::documents::Documents;
use crate::node::{Node, PlaceId, Value};

/// How many bytes are read once more, each time that something is mended, before it is too much.
const MOST_READ: usize = if cfg!(test) { 4 << 20 } else { 64 << 20 };
/// How much larger the copy of a document may be.
const MOST_BLANKS: usize = 1 << 20;

/// What is indented too little.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unindented {
    /// The lines of the text that begins with the quote here.
    Quoted(usize),
    /// The line of brackets that has this as its first sign.
    Bracketed(usize),
}

impl Unindented {
    /// What the parser stopped at, if it is one.
    pub(super) fn told_by(error: &ScanError, at: usize) -> Option<Self> {
        match error.info() {
            "invalid indentation in quoted scalar" => Some(Self::Quoted(at)),
            "invalid indentation" | "invalid indentation in flow construct" => Some(Self::Bracketed(at)),
            _ => None,
        }
    }

    const fn at(self) -> usize {
        match self {
            Self::Quoted(at) | Self::Bracketed(at) => at,
        }
    }
}

/// All documents of a text from the one on that begins here, the last perhaps an error.
pub(super) fn documents(text: &str, start: usize) -> Vec<Result<Node, ReadError>> {
    let (mut copy, mut done, mut bytes) = (Copy::new(text, start), Vec::new(), 0);
    let mut last_quote = None;
    loop {
        let mut documents = Documents::new(&copy.text);
        let mut read: Vec<_> = std::iter::from_fn(|| documents.next_as_written()).collect();
        let (unindented, start) = (documents.unindented(), documents.start());
        let is_mended = unindented.is_some_and(|one| {
            // A quote that more blanks did not help is not helped by more of them.
            let quote = matches!(one, Unindented::Quoted(_)).then_some((copy.start, one.at()));
            let is_new = quote.is_none() || quote != last_quote;
            last_quote = quote;
            bytes += one.at() + copy.blanks;
            is_new && bytes <= MOST_READ && copy.mend(one)
        });
        if is_mended {
            read.pop();
        }
        read.iter_mut().for_each(|read| copy.restore(text, read));
        if !is_mended {
            done.append(&mut read);
            return done;
        }
        // What was read already stays as it is; else the time would grow with the square of the documents.
        if let (Some(start), false) = (start, read.is_empty()) {
            done.append(&mut read);
            copy = Copy::new(text, copy.original(start));
        }
    }
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
    /// The text from the line on that this stands in.
    fn new(text: &str, start: usize) -> Self {
        let start = line_of(text, start);
        Self { text: text[start..].to_owned(), start, inserted: Vec::new(), blanks: 0 }
    }

    /// Puts blanks in where they are missing; not where they would be too many.
    fn mend(&mut self, unindented: Unindented) -> bool {
        match unindented {
            Unindented::Quoted(quote) => self.indent(quote),
            Unindented::Bracketed(sign) => self.indent_line(sign),
        }
    }

    /// Indents a line behind the end of the one before it, which stands in the brackets or opens them; or as far as that
    /// one, where it was indented in the same way.
    fn indent_line(&mut self, sign: usize) -> bool {
        let first = line_of(&self.text, sign);
        let (before, indentation) = (self.text[..first].trim_end(), &self.text[first..sign]);
        if before.is_empty() || !indentation.trim_start().is_empty() {
            return false;
        }
        let line = line_of(before, before.len());
        let of_line = &before[line..];
        let width = match self.inserted.iter().any(|(at, _)| *at == line) {
            true => of_line.chars().take_while(|sign| *sign == ' ').count(),
            false => of_line.chars().count(),
        };
        let mut by = width.saturating_sub(indentation.chars().count()).max(1);
        if self.inserted.last().is_some_and(|(at, _)| *at == first) {
            by = by.max(indentation.chars().count());
        }
        self.blanks += by;
        if self.blanks > MOST_BLANKS {
            return false;
        }
        self.text.insert_str(first, &" ".repeat(by));
        self.inserted.push((first, by));
        true
    }

    /// Indents the lines of the text that begins with this quote as far as the quote; not where they would be too many.
    fn indent(&mut self, quote: usize) -> bool {
        let first = line_of(&self.text, quote);
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
        node.place = self.place(node.place);
        match &mut node.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| self.restore_node(item)),
            Value::Mapping(fields) => {
                for field in fields {
                    field.node.key = self.place(field.node.key);
                    self.restore_node(&mut field.node);
                }
            }
            _ => {}
        }
    }

    fn place(&self, place: PlaceId) -> PlaceId {
        PlaceId(u32::try_from(self.original(place.0 as usize)).unwrap_or(u32::MAX))
    }

    /// Where in the whole text that is which stands here in the copy.
    fn original(&self, place: usize) -> usize {
        let before = self.inserted.iter().take_while(|(at, _)| *at < place);
        let blanks: usize = before.map(|(at, by)| (*by).min(place - at)).sum();
        self.start + place - blanks
    }
}

/// Where the line begins that this stands in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
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
    fn lines_in_brackets_need_no_indentation() {
        let text = "spec:\n- args: [\n    \"a\",\n    é\n  ]\n  env:\n  - {\nb: 1,\n\n# c\n'd': [\ntwo\n]}\n---\n\
                    x: [\n  1, 2\n]\nw: {\n}\n---\nz: 1\n";
        let nodes = documents(text).unwrap();
        assert_eq!(nodes.len(), 3);
        let at = |number: usize, path: &str| nodes[number].at_path(&FieldPath::parse(path)).unwrap();
        assert_eq!(at(0, "spec[0].args").items().len(), 2);
        assert_eq!(at(0, "spec[0].args[1]").as_str(), Some("é"));
        assert_eq!(at(0, "spec[0].env[0].b").as_i64(), Some(1));
        assert_eq!(at(1, "x[1]").as_i64(), Some(2));
        for (number, path, expected) in [
            (0, "spec[0].args[1]", "é\n  ]"),
            (0, "spec[0].env[0].b", "1,"),
            (0, "spec[0].env[0].d[0]", "two"),
            (1, "x[1]", "2\n]"),
            (1, "w", "{\n}"),
            (2, "z", "1\n"),
        ] {
            let place = at(number, path).place.0 as usize;
            assert!(text[place..].starts_with(expected), "{path}: {}", &text[place..]);
        }
    }

    #[test]
    fn errors_behind_brackets_have_their_place() {
        for (text, expected) in [
            ("a: [\n  1\n]\n---\nb: {\n c: 1,\n}\nb: 1\n", "line 8, column 1: the key `b` stands here twice"),
            ("b:\n  c: [\n1,\n{x: 1, x: 2}]\n", "line 4, column 8: the key `x` stands here twice"),
            ("b:\n  c: [\n1\n", "line 4, column 1"),
        ] {
            let error = documents(text).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{text}: {error}");
        }
    }

    #[test]
    fn what_blanks_do_not_help_ends_soon() {
        for text in ["a:\n  b: 'x\ny\rz'\n", "a:\n  - b: [\n#\n x\n]\n", "          - [\n#\n x\n\r y]"] {
            let start = std::time::Instant::now();
            let _ = documents(text);
            assert!(start.elapsed().as_secs() < 5, "{text}");
        }
    }

    #[test]
    fn many_are_mended_in_little_time() {
        let texts = |count: usize| {
            let lines = |number: usize| format!("  k{number}: 'x\ny'\n  l{number}: [\n{number}\n  ]\n");
            (0..count).map(lines).collect::<String>()
        };
        assert!(documents(&format!("a:\n{}", texts(100))).is_ok());
        let many = format!("---\na:\n{}", texts(4)).repeat(200);
        assert_eq!(documents(&many).unwrap().len(), 200);
        let too_many = documents(&format!("a:\n{}", texts(1000)));
        assert!(too_many.unwrap_err().message.contains("invalid indentation"));
    }
}
