//! Safe mends of what was read: one edit of the file's text, which keeps all else as it stands.
//!
//! Each gives nothing where the text is not written in a way that it knows.

use crate::bundle::{Document, Places};
use crate::diagnostic::Fix;
use crate::node::{Field, FieldPath, Node, Step, Value};

/// Another name for a field.
pub(super) fn renamed(document: &Document, path: &FieldPath, name: &str) -> Option<Fix> {
    let (text, root) = (text(document)?, document.root()?);
    let (above, Step::Field(was)) = path.parted()? else { return None };
    let mapping = root.at_path(&above)?;
    if mapping.get(name).is_some() {
        return None;
    }
    let start = field(mapping, was)?.node.key.0 as usize;
    let start = start + usize::from(text.get(start..)?.starts_with(['"', '\'']));
    let after = text.get(start..)?.strip_prefix(was.as_str())?;
    let is_whole = after.starts_with([':', '"', '\'', ' ']);
    is_whole.then(|| Fix { start, was: was.to_string(), becomes: name.to_owned() })
}

/// The same in quotes, so that it is text.
pub(super) fn quoted(document: &Document, path: &FieldPath) -> Option<Fix> {
    let (start, word) = word(document, path)?;
    let is_plain = !word.starts_with(['"', '\'', '&', '*', '!', '|', '>', '%', '@', '`']);
    is_plain.then(|| Fix { start, becomes: format!("\"{word}\""), was: word.to_owned() })
}

/// A whole number without the quotes that made it text.
pub(super) fn unquoted(document: &Document, path: &FieldPath) -> Option<Fix> {
    let (start, word) = word(document, path)?;
    let mark = word.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inner = word.strip_prefix(mark)?.strip_suffix(mark)?;
    let digits = inner.strip_prefix('-').unwrap_or(inner);
    let is_number = (1..=9).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    is_number.then(|| Fix { start, becomes: inner.to_owned(), was: word.to_owned() })
}

/// Another word in the place of one.
pub(super) fn replaced(document: &Document, path: &FieldPath, becomes: &str) -> Option<Fix> {
    let was = document.root()?.at_path(path)?.as_str()?;
    let (start, word) = word(document, path)?;
    let start = start + word.find(was)?;
    Some(Fix { start, was: was.to_owned(), becomes: becomes.to_owned() })
}

/// One more field, below `names`, in the mapping at `path`: `name: literal`.
pub(super) fn with_field(
    document: &Document,
    path: &FieldPath,
    names: &[&str],
    literal: &str,
) -> Option<Fix> {
    let (text, root) = (text(document)?, document.root()?);
    let mapping = root.at_path(path)?;
    let (first, rest) = names.split_first()?;
    if let (Some(inner), false) = (mapping.get(first), rest.is_empty()) {
        return match inner.value {
            Value::Mapping(_) => with_field(document, &path.field(first), rest, literal),
            _ => None,
        };
    }
    let fields = mapping.fields();
    let is_flow = text.get(mapping.place.0 as usize..)?.starts_with('{');
    if is_flow {
        let start = fields.first()?.node.key.0 as usize;
        let mark = if text.get(start..)?.starts_with('"') { "\"" } else { "" };
        let inner = rest
            .iter()
            .rev()
            .fold(literal.to_owned(), |inner, name| format!("{{{mark}{name}{mark}: {inner}}}"));
        return Some(Fix { start, was: String::new(), becomes: format!("{mark}{first}{mark}: {inner}, ") });
    }
    let start = gap(text, fields)?;
    let line = line_start(text, start);
    let indent: String = text[line..start].chars().map(|_| ' ').collect();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut becomes = String::new();
    for (depth, name) in names.iter().enumerate() {
        let value = if depth + 1 == names.len() { format!(" {literal}") } else { String::new() };
        let before = if depth == 0 { String::new() } else { format!("{indent}{}", "  ".repeat(depth)) };
        becomes += &format!("{before}{name}:{value}{end}");
    }
    becomes += &indent;
    Some(Fix { start, was: String::new(), becomes })
}

/// Where a field can be put in between: before the last that no comment stands above, or else before the first.
fn gap(text: &str, fields: &[Field]) -> Option<usize> {
    let is_free = |start: usize| {
        let line = line_start(text, start);
        let above = text[..line].lines().next_back().unwrap_or_default().trim();
        text[line..start].bytes().all(|byte| byte == b' ') && !above.is_empty() && !above.starts_with('#')
    };
    let starts = || fields.iter().map(|field| field.node.key.0 as usize);
    let last = starts().skip(1).rfind(|start| text.is_char_boundary(*start) && is_free(*start));
    let start = last.or_else(|| starts().next())?;
    let before = text.get(line_start(text, start)..start)?;
    // What stands before the first field of an item is dashes; a tab, an anchor or a tag is none of ours.
    before.bytes().all(|byte| matches!(byte, b' ' | b'-')).then_some(start)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// A value that is written as one word, and where it begins.
fn word<'d>(document: &'d Document, path: &FieldPath) -> Option<(usize, &'d str)> {
    let node = document.root()?.at_path(path)?;
    let start = node.place.0 as usize;
    let rest = text(document)?.get(start..)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let end = match mark {
        Some(mark) => rest[1..].find(mark)? + 2,
        None => rest.find(|c: char| c.is_whitespace() || ",]}".contains(c)).unwrap_or(rest.len()),
    };
    let (word, after) = rest.split_at(end);
    // What goes on behind a blank is more than a word, unless it is a comment.
    let line = after.lines().next().unwrap_or_default().trim_start();
    let ends = line.is_empty() || line.starts_with(['#', ',', ']', '}']);
    (ends && !word.is_empty() && !word.contains(['\n', '\\'])).then_some((start, word))
}

fn field<'n>(mapping: &'n Node, name: &str) -> Option<&'n Field> {
    mapping.fields().iter().find(|field| field.name == name)
}

fn text(document: &Document) -> Option<&str> {
    match &document.places {
        Places::Read { text } => Some(text),
        Places::Rendered(_) | Places::LetGo(_) => None,
    }
}
