//! The documents of a text, one by one, however they are strung together.

use saphyr_parser::{Event, Parser, ScanError, StrInput};

use super::builder::{Builder, too_deep};
use super::unindented::{self, Unindented};
use super::{ReadError, stream};
use crate::bundle::Place;
use crate::node::Node;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The documents of a text, one by one; what follows an error is not looked at.
pub(super) struct Documents<'t> {
    text: &'t str,
    /// Where what the parser reads ends; behind it stands another object of a stream of JSON.
    end: usize,
    parser: Parser<'t, StrInput<'t>>,
    builder: Builder<'t>,
    /// Where the document begins that is being read.
    start: Option<usize>,
    /// What was read ahead, last first; only where the text had to be mended.
    ahead: Option<Vec<Result<Node, ReadError>>>,
    unindented: Option<Unindented>,
    is_over: bool,
}

impl<'t> Documents<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let end = stream::next(text, start).unwrap_or(text.len());
        Self {
            text,
            end,
            parser: Parser::new_from_str(&text[start..end]),
            builder: Builder::new(&text[start..end], start),
            start: None,
            ahead: None,
            unindented: None,
            is_over: false,
        }
    }

    /// What ended the reading, because lines of it are indented too little.
    pub(super) fn unindented(&self) -> Option<Unindented> {
        self.unindented
    }

    /// Where the document begins that could not be read.
    pub(super) fn start(&self) -> Option<usize> {
        self.start
    }

    /// The next document, or what ended the reading.
    pub(super) fn next_as_written(&mut self) -> Option<Result<Node, ReadError>> {
        if self.is_over {
            return None;
        }
        let read = self.read().transpose();
        self.is_over = !matches!(read, Some(Ok(_)));
        read
    }

    fn read(&mut self) -> Result<Option<Node>, ReadError> {
        loop {
            if let Some(document) = self.read_one()? {
                return Ok(Some(document));
            }
            if self.end == self.text.len() {
                return Ok(None);
            }
            let start = self.end;
            self.end = stream::next(self.text, start).unwrap_or(self.text.len());
            self.parser = Parser::new_from_str(&self.text[start..self.end]);
            self.builder = Builder::new(&self.text[start..self.end], start);
        }
    }

    fn read_one(&mut self) -> Result<Option<Node>, ReadError> {
        while let Some(event) = self.parser.next() {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = self.offset(error.marker().index());
                    self.unindented = Unindented::told_by(&error, at);
                    return Err(self.placed(refused(&error)));
                }
            };
            if matches!(event, Event::DocumentStart(_)) {
                self.start = Some(self.offset(span.start.index()));
            }
            self.builder.take(event, span).map_err(|error| self.placed(error))?;
            if let Some(document) = self.builder.document.take() {
                self.start = None;
                return Ok(Some(document));
            }
        }
        Ok(None)
    }

    fn offset(&mut self, characters: usize) -> usize {
        self.builder.offsets.place(characters).0 as usize
    }

    /// An error with its place in the whole text.
    fn placed(&self, mut error: ReadError) -> ReadError {
        // One mark is none of the text's characters; a second is.
        let text = self.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(self.text);
        let offset = self.builder.offsets.start.saturating_sub(self.text.len() - text.len());
        if let (Some((line, column)), Place::Yaml { line: first, column: beside }) =
            (&mut error.place, Place::in_text(text, offset))
        {
            if *line == 1 {
                *column += beside - 1;
            }
            *line += first - 1;
        }
        error
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Node, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ahead) = &mut self.ahead {
            return ahead.pop();
        }
        let read = self.next_as_written();
        let (Some(Err(_)), Some(_), Some(start)) = (&read, self.unindented, self.start) else { return read };
        let mut ahead = unindented::documents(self.text, start);
        ahead.reverse();
        self.ahead.insert(ahead).pop()
    }
}

fn refused(error: &ScanError) -> ReadError {
    let message = match error.info() {
        // It has a bound of its own, and looks ahead of what it tells.
        "recursion limit exceeded" => too_deep(),
        message => message.to_owned(),
    };
    ReadError { place: Some((error.marker().line(), error.marker().col() + 1)), message }
}
