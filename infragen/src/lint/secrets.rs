//! Keeps secrets out of what is told: in their place stands `•••`, in each line and in each message.

use std::ops::Range;

use super::grammar::secret::is_name;
use crate::bundle::{Document, Places};
use crate::diagnostic::Excerpt;
use crate::node::{FieldPath, Node, PlaceId, Step, Value};

const HIDDEN: &str = "•••";
/// A message shortens what is longer.
const SHOWN: usize = 60;

/// A text without the secrets that these documents, which were read from it, keep there.
#[must_use]
pub fn masked(text: &str, documents: &[Document]) -> String {
    let mut spans: Vec<_> =
        documents.iter().flat_map(|document| spans(document, text, &(0..text.len()))).collect();
    spans.sort_by_key(|span| span.start);
    let (mut masked, mut end) = (String::with_capacity(text.len()), 0);
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        if span.start >= end {
            masked.push_str(&text[end..span.start]);
            masked.push_str(HIDDEN);
        }
        end = end.max(span.end);
    }
    masked.push_str(&text[end..]);
    masked
}

/// The line that the value at `path` stands on, without the secrets in it.
pub(super) fn excerpt(document: &Document, path: &FieldPath) -> Option<Excerpt> {
    let excerpt = document.excerpt(path)?;
    let Places::Read { text } = &document.places else { return Some(excerpt) };
    let at = document.root()?.place_of(path).0 as usize;
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = start..start + excerpt.line.len();
    let mut spans = spans(document, text, &line);
    spans.sort_by_key(|span| span.start);
    let mut masked = Excerpt { line: String::new(), ..excerpt };
    let mut end = line.start;
    for span in spans {
        let span = span.start.max(end)..span.end.min(line.end);
        let Some((before, hidden)) = text.get(end..span.start).zip(text.get(span.clone())) else { continue };
        if hidden.is_empty() {
            continue;
        }
        masked.line.push_str(before);
        let (column, length) = (masked.line.chars().count(), hidden.chars().count());
        masked.line.push_str(HIDDEN);
        // The underlined part moves, or shrinks, with what stands before it, or in it.
        if masked.start >= column + length {
            masked.start = masked.start + HIDDEN.chars().count() - length;
        } else if masked.start >= column {
            (masked.start, masked.length) = (column, HIDDEN.chars().count());
        } else if masked.start + masked.length > column {
            masked.length = (masked.length + HIDDEN.chars().count()).saturating_sub(length).max(1);
        }
        end = span.end;
    }
    masked.line.push_str(text.get(end..line.end).unwrap_or_default());
    Some(masked)
}

/// The texts that no message about the value at `path` may repeat.
pub(super) fn kept_at(document: &Document, path: &FieldPath) -> Vec<String> {
    let Some(root) = document.root() else { return Vec::new() };
    let mut is_kept = false;
    let mut way = FieldPath::root();
    for step in path.steps() {
        if let (Some(node), Step::Field(name)) = (root.at_path(&way), step) {
            is_kept |= is_kept_by(root, way.steps().is_empty(), node, name);
        }
        way = way.step(step);
    }
    match root.at_path(path).map(|node| &node.value) {
        Some(Value::String(text)) if is_kept => vec![text.to_string()],
        Some(Value::Integer(number)) if is_kept => vec![number.to_string()],
        Some(Value::Float(number)) if is_kept => vec![number.to_string()],
        Some(Value::Bool(truth)) if is_kept => vec![truth.to_string()],
        _ => Vec::new(),
    }
}

/// A message that repeats none of these texts.
pub(super) fn without(mut message: String, kept: &[String]) -> String {
    for text in kept.iter().filter(|text| !text.is_empty()) {
        let short: String = text.chars().take(SHOWN).collect();
        for form in [format!("`{text}`"), format!("`{short}…`")] {
            message = message.replace(&form, &format!("`{HIDDEN}`"));
        }
        // A short one may be part of any word.
        if text.len() >= 6 {
            message = message.replace(text.as_str(), HIDDEN);
        }
    }
    message
}

/// Whether a field of a node is a secret, with all that is below it.
fn is_kept_by(root: &Node, is_root: bool, node: &Node, name: &str) -> bool {
    let is_secret = is_root && root.text_at(&["kind"]) == Some("Secret");
    (is_secret && matches!(name, "data" | "stringData"))
        || (name == "value" && node.text_at(&["name"]).is_some_and(is_name))
        || (is_name(name) && !is_reference(node.get(name)))
}

/// Whether a value only says where a secret is, as the `secret` of a volume does.
fn is_reference(value: Option<&Node>) -> bool {
    value.is_some_and(|value| matches!(value.value, Value::Mapping(_)))
}

/// Where in the text the secrets of a document stand, as far as they reach into a part of it.
fn spans(document: &Document, text: &str, part: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if let Some(root) = document.root() {
        walk(root, root, true, false, text, part, &mut found);
    }
    found
}

fn walk(
    root: &Node,
    node: &Node,
    is_root: bool,
    is_secret: bool,
    text: &str,
    part: &Range<usize>,
    found: &mut Vec<Range<usize>>,
) {
    match &node.value {
        Value::Mapping(fields) => {
            for (index, field) in fields.iter().enumerate() {
                let next = fields.get(index + 1).map(|next| next.node.key);
                if reaches(field.node.key, next, part) {
                    let is_secret = is_secret || is_kept_by(root, is_root, node, &field.name);
                    walk(root, &field.node, false, is_secret, text, part, found);
                }
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                if reaches(item.place, items.get(index + 1).map(|next| next.place), part) {
                    walk(root, item, false, is_secret, text, part, found);
                }
            }
        }
        Value::Null => {}
        _ if is_secret => found.extend(span(text, node.place)),
        _ => {}
    }
}

/// Whether what begins at one place, and ends before the next, may reach into a part of the text. An alias may lead
/// anywhere.
fn reaches(place: PlaceId, next: Option<PlaceId>, part: &Range<usize>) -> bool {
    let (start, end) = (place.0 as usize, next.map_or(usize::MAX, |next| next.0 as usize));
    end < start || (start < part.end && end > part.start)
}

/// Where a value ends that begins at a place: with its closing quote, or else with what ends it on its line.
fn span(text: &str, place: PlaceId) -> Option<Range<usize>> {
    let start = place.0 as usize;
    let rest = text.get(start..)?;
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let is_flow = text[line_start..start].contains(['{', '[']);
    let length = match rest.chars().next()? {
        mark @ ('"' | '\'') => closing(rest, mark).unwrap_or(line_end),
        _ if is_flow => rest[..line_end].find([',', '}', ']']).unwrap_or(line_end),
        _ => block(text, line_start, start, start + line_end) - start,
    };
    Some(start..start + length)
}

fn closing(rest: &str, mark: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && mark == '"' {
            characters.next();
        } else if character == mark {
            if mark == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') {
                characters.next();
                continue;
            }
            return Some(at + 1);
        }
    }
    None
}

/// Where text ends that may go on for as long as its lines are indented: more than the line of its key, or as much as
/// its own first line. The last line break is left out.
fn block(text: &str, line_start: usize, start: usize, first_end: usize) -> usize {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let first = indent(&text[line_start..first_end]);
    let is_alone = text[line_start..start].trim().is_empty();
    let least = if is_alone { first } else { first + 1 };
    let (mut end, mut at) = (first_end, first_end + 1);
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() {
            if indent(line) < least {
                break;
            }
            end = at + line.trim_end_matches('\n').len();
        }
        at += line.len();
    }
    end
}

#[cfg(test)]
mod tests;
