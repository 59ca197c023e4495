//! Events of the parser as trees: anchors, merge keys and duplicate keys are dealt with here, and bounds are kept.

use std::borrow::Cow;
use std::collections::HashSet;

use saphyr_parser::{Event, ScalarStyle, Span, Tag};

use super::anchors::Anchors;
use super::{ReadError, scalar};
use crate::node::{Field, List, Node, PlaceId, Text, Value};

/// Deeper than any manifest is; what is deeper would cost a stack frame a level wherever it is walked.
const MOST_LEVELS: usize = 128;

/// The keys from which on a mapping's names are kept in a set, rather than compared each with each.
const MANY_KEYS: usize = 16;

pub(super) fn too_deep() -> String {
    format!("values are nested more than {MOST_LEVELS} deep")
}

/// How the message about a tag begins.
pub(super) const TAG: &str = "the tag ";

pub(super) struct Builder<'t> {
    /// The document that is complete.
    pub(super) document: Option<Node>,
    open: Vec<Open>,
    /// What all open sequences hold, and all open mappings, one behind the other: so each gets the room that it needs.
    items: Vec<Node>,
    fields: Vec<Field>,
    anchors: Anchors,
    pub(super) offsets: Offsets<'t>,
}

/// A collection whose end is yet to come.
enum Open {
    Sequence {
        /// Where its items begin.
        start: usize,
        anchor: usize,
        place: PlaceId,
    },
    Mapping {
        /// Where its fields begin.
        start: usize,
        key: Option<Key>,
        merged: Vec<Node>,
        /// The names of its fields, where they are many.
        names: HashSet<Text>,
        anchor: usize,
        place: PlaceId,
    },
}

struct Key {
    name: Text,
    place: PlaceId,
    is_merge: bool,
}

/// Turns the parser's counts of characters into byte offsets. Events come in the order of the text.
pub(super) struct Offsets<'t> {
    text: &'t str,
    is_ascii: bool,
    characters: usize,
    bytes: usize,
    /// Where this text begins in the whole one.
    pub(super) start: usize,
}

impl Offsets<'_> {
    pub(super) fn place(&mut self, characters: usize) -> PlaceId {
        let bytes = if self.is_ascii {
            characters
        } else {
            if characters < self.characters {
                (self.characters, self.bytes) = (0, 0);
            }
            let ahead = self.text[self.bytes..].chars().take(characters - self.characters);
            self.bytes += ahead.map(char::len_utf8).sum::<usize>();
            self.characters = characters;
            self.bytes
        };
        PlaceId(u32::try_from(self.start + bytes).unwrap_or(u32::MAX))
    }
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let offsets = Offsets { text, is_ascii: text.is_ascii(), characters: 0, bytes: 0, start };
        let (document, open, items, fields) = (None, Vec::new(), Vec::new(), Vec::new());
        Self { document, open, items, fields, anchors: Anchors::default(), offsets }
    }

    pub(super) fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), ReadError> {
        let place = |builder: &mut Self| builder.offsets.place(span.start.index());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = value(text, style, tag.as_deref(), span)?;
                let node = Node::placed(value, place(self));
                self.anchors.keep(anchor, &node, || 1, span)?;
                self.add(node, style == ScalarStyle::Plain, span)
            }
            Event::Alias(anchor) => {
                let node = self.anchors.repeat(anchor, span)?;
                self.add(node, false, span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.no_tag(tag.as_deref(), span)?;
                let place = place(self);
                self.open(Open::Sequence { start: self.items.len(), anchor, place }, span)
            }
            Event::MappingStart(anchor, tag) => {
                self.no_tag(tag.as_deref(), span)?;
                let place = place(self);
                let (start, merged, names) = (self.fields.len(), Vec::new(), HashSet::new());
                self.open(Open::Mapping { start, key: None, merged, names, anchor, place }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::DocumentEnd => {
                self.anchors.end_document(span.start.index());
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => Ok(()),
        }
    }

    fn no_tag(&self, tag: Option<&Tag>, span: Span) -> Result<(), ReadError> {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema() => Err(meaningless(tag, span)),
            _ => Ok(()),
        }
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), ReadError> {
        if self.open.len() == MOST_LEVELS {
            return Err(error(span, too_deep()));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), ReadError> {
        let (node, anchor) = match self.open.pop() {
            Some(Open::Sequence { start, anchor, place }) => {
                (Node::placed(Value::Sequence(self.items.drain(start..).collect()), place), anchor)
            }
            Some(Open::Mapping { start, merged, anchor, place, names, .. }) => {
                if !merged.is_empty() {
                    merge(&mut self.fields, start, names, merged, span)?;
                }
                (Node::placed(Value::Mapping(self.fields.drain(start..).collect()), place), anchor)
            }
            None => return Ok(()),
        };
        self.anchors.keep(anchor, &node, || size(&node), span)?;
        self.add(node, false, span)
    }

    /// Puts a finished value where it belongs: into the sequence or mapping around it, or among the documents.
    fn add(&mut self, node: Node, plain: bool, span: Span) -> Result<(), ReadError> {
        match self.open.last_mut() {
            None => {
                if node.value != Value::Null {
                    self.document = Some(node);
                }
            }
            Some(Open::Sequence { .. }) => self.items.push(node),
            Some(Open::Mapping { start, key, merged, names, .. }) => match key.take() {
                None => *key = Some(key_of(node, plain, span)?),
                Some(Key { is_merge: true, .. }) => merged.push(node),
                Some(Key { name, place, .. }) => {
                    if !is_new(&name, &self.fields[*start..], names) {
                        return Err(error_at(
                            self.offsets.text,
                            place.0 as usize - self.offsets.start,
                            format!("the key `{name}` stands here twice"),
                        ));
                    }
                    self.fields.push(Field { name, node: Node { key: place, ..node } });
                }
            },
        }
        Ok(())
    }
}

/// Whether a mapping does not have this key yet.
fn is_new(name: &Text, fields: &[Field], names: &mut HashSet<Text>) -> bool {
    if fields.len() < MANY_KEYS {
        return !fields.iter().any(|field| field.name == *name);
    }
    if names.is_empty() {
        names.extend(fields.iter().map(|field| field.name.clone()));
    }
    names.insert(name.clone())
}

/// A key as Kubernetes takes it: numbers and truth values as their text.
fn key_of(node: Node, plain: bool, span: Span) -> Result<Key, ReadError> {
    let place = node.place;
    let name = match node.value {
        Value::String(text) => text,
        Value::Integer(number) => ecow::eco_format!("{number}"),
        Value::Bool(truth) => ecow::eco_format!("{truth}"),
        Value::Float(number) => ecow::eco_format!("{number}"),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => {
            return Err(error(span, "a key must be text".to_owned()));
        }
    };
    let is_merge = plain && name == "<<";
    Ok(Key { name, place, is_merge })
}

/// Adds to the fields from `start` on what merge keys bring; what stands in the mapping itself goes first.
fn merge(
    fields: &mut Vec<Field>,
    start: usize,
    mut names: HashSet<Text>,
    merged: Vec<Node>,
    span: Span,
) -> Result<(), ReadError> {
    for source in merged {
        let sources = match source.value {
            Value::Sequence(items) => items,
            value => List::from_iter([Node::placed(value, source.place)]),
        };
        for source in &sources {
            let Value::Mapping(more) = &source.value else {
                return Err(error(span, "`<<` takes a mapping, or a list of them".to_owned()));
            };
            for field in more {
                if is_new(&field.name, &fields[start..], &mut names) {
                    fields.push(field.clone());
                }
            }
        }
    }
    Ok(())
}

fn value(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Result<Value, ReadError> {
    match tag {
        None if style == ScalarStyle::Plain => Ok(scalar::plain(&text)),
        None => Ok(Value::String(text.into())),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Ok(Value::String(text.into())),
        Some(tag) if tag.is_yaml_core_schema() => Ok(scalar::plain(&text)),
        Some(tag) => Err(meaningless(tag, span)),
    }
}

fn meaningless(tag: &Tag, span: Span) -> ReadError {
    error(span, format!("{TAG}`{}{}` has no meaning here", tag.handle, tag.suffix))
}

fn size(node: &Node) -> usize {
    1 + node.items().iter().map(size).sum::<usize>()
        + node.fields().iter().map(|field| size(&field.node)).sum::<usize>()
}

pub(super) fn error(span: Span, message: String) -> ReadError {
    ReadError { place: Some((span.start.line(), span.start.col() + 1)), message }
}

fn error_at(text: &str, offset: usize, message: String) -> ReadError {
    let crate::bundle::Place::Yaml { line, column } = crate::bundle::Place::in_text(text, offset) else {
        return ReadError { place: None, message };
    };
    ReadError { place: Some((line, column)), message }
}
