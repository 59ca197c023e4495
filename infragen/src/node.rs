//! The tree that every document is held in, whether it was rendered or read: YAML's values, each with its place.

mod from_serialize;
mod list;
mod path;

pub use from_serialize::{NotRepresentable, to_node};
pub use list::List;
pub use path::{FieldPath, Step};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Text, which costs no allocation where it is short, as names and most values are.
///
/// It has 16 bytes: of a large tree names and values are most of what is kept.
pub type Text = ecow::EcoString;

/// Where a node came from: an index into its document's table of places, or [`PlaceId::INHERITED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceId(pub u32);

impl PlaceId {
    /// The node has no place of its own and takes that of the node which holds it.
    pub const INHERITED: Self = Self(u32::MAX);
}

/// One value of a document, and where it came from.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it holds.
    pub value: Value,
    /// Where it came from.
    pub place: PlaceId,
    /// Where its key stands, if it is a field's value: it stands here because a node has room for it, and a field has not.
    pub key: PlaceId,
}

/// A YAML value of the JSON-compatible kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Text),
    /// A list.
    Sequence(List<Node>),
    /// Fields in the order in which they are written.
    Mapping(List<Field>),
}

/// One entry of a mapping.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key.
    pub name: Text,
    /// The value, which knows where the key stands.
    pub node: Node,
}

/// Places do not count: two trees are equal when they say the same.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Places do not count.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.node == other.node
    }
}

impl Field {
    /// Makes a field whose key has no place of its own.
    #[must_use]
    pub fn new(name: impl Into<Text>, node: Node) -> Self {
        Self { name: name.into(), node }
    }
}

impl Node {
    /// Makes a node without a place of its own.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self::placed(value, PlaceId::INHERITED)
    }

    /// Makes a node that stands at a place.
    #[must_use]
    pub const fn placed(value: Value, place: PlaceId) -> Self {
        Self { value, place, key: PlaceId::INHERITED }
    }

    /// The text, if the node is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text that the API server reads here: an item of a list that is null is an empty one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if self.value == Value::Null { Some("") } else { self.as_str() }
    }

    /// The number, if the node is a whole number.
    #[must_use]
    pub const fn as_i64(&self) -> Option<i64> {
        match self.value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// The truth value, if the node is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// The items; none if the node is not a sequence.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The fields; none if the node is not a mapping.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.value {
            Value::Mapping(fields) => fields,
            _ => &[],
        }
    }

    /// The fields, to change what is in them; none if the node is not a mapping.
    pub fn fields_mut(&mut self) -> &mut [Field] {
        match &mut self.value {
            Value::Mapping(fields) => fields,
            _ => &mut [],
        }
    }

    /// The value of one field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|field| field.name == name).map(|field| &field.node)
    }

    /// The value at the end of a chain of fields, such as `["spec", "template", "spec"]`.
    #[must_use]
    pub fn at(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The text at the end of a chain of fields.
    #[must_use]
    pub fn text_at(&self, names: &[&str]) -> Option<&str> {
        self.at(names).and_then(Self::as_str)
    }

    /// The value at a path, which may go through sequences.
    #[must_use]
    pub fn at_path(&self, path: &FieldPath) -> Option<&Self> {
        path.steps().iter().try_fold(self, |node, step| match step {
            Step::Field(name) => node.get(name),
            Step::Index(index) => node.items().get(*index),
        })
    }

    /// As [`Node::at_path`], to change what is there.
    pub fn at_path_mut(&mut self, path: &FieldPath) -> Option<&mut Self> {
        path.steps().iter().try_fold(self, |node, step| match (step, &mut node.value) {
            (Step::Field(name), Value::Mapping(fields)) => {
                fields.iter_mut().find(|field| field.name == *name).map(|field| &mut field.node)
            }
            (Step::Index(index), Value::Sequence(items)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// The place of the nearest node on the way to `path` that has one of its own.
    ///
    /// A path that leads further than the tree does gives the place of the last node that is there.
    #[must_use]
    pub fn place_of(&self, path: &FieldPath) -> PlaceId {
        let mut node = self;
        let mut place = self.place;
        for step in path.steps() {
            let next = match step {
                Step::Field(name) => node.get(name),
                Step::Index(index) => node.items().get(*index),
            };
            let Some(next) = next else { break };
            if next.place != PlaceId::INHERITED {
                place = next.place;
            }
            node = next;
        }
        place
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::String(text) => serializer.serialize_str(text),
            Value::Sequence(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(item)?;
                }
                sequence.end()
            }
            Value::Mapping(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for field in fields {
                    map.serialize_entry(&field.name, &field.node)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Node};

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn what_large_trees_are_made_of_is_small() {
        assert_eq!((size_of::<Field>(), size_of::<Node>()), (48, 32));
    }
}
