//! Definitions, their fields, and the types of these.

use std::fmt;

use super::table::{Rows, TABLE, TextId, some};
use super::version::Version;

/// The name of a definition: each version has its own fields for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefinitionId(u16);

/// The fields that one version gives to a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    first: u16,
    count: u16,
}

/// One field of a definition.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    name: TextId,
    kind: u16,
    /// Whether every server refuses an object without it.
    pub required: bool,
}

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Whatever it is.
    Any,
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number.
    Number,
    /// `250m`, `1Gi`, or a number.
    Quantity,
    /// A whole number or text.
    IntOrString,
    /// A date and a time of day, as RFC 3339 has them.
    Time,
    /// Text in base64.
    Bytes,
    /// A mapping whose fields nobody names.
    Object,
    /// A list, whatever its items are.
    List,
    /// A list of one type.
    Array(TypeId),
    /// A mapping from any name.
    Map(TypeId),
    /// A mapping with the fields of a definition.
    Definition(DefinitionId),
    /// The same, or anything that is no mapping.
    DefinitionOrElse(DefinitionId),
    /// One of a few texts.
    Enum(EnumId),
}

/// The type of an item or of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeId(u16);

/// A list of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumId(u16);

/// As the end of "is not …".
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "a value",
            Self::String => "text",
            Self::Boolean => "a truth value",
            Self::Int32 => "a whole number of 32 bits",
            Self::Int64 => "a whole number",
            Self::Number => "a number",
            Self::Quantity => "a quantity",
            Self::IntOrString => "a whole number or text",
            Self::Time => "a time",
            Self::Bytes => "text in base64",
            Self::Object | Self::Map(_) | Self::Definition(_) => "a mapping",
            Self::List | Self::Array(_) => "a list",
            Self::DefinitionOrElse(_) => "a schema",
            Self::Enum(_) => "one of the values that are allowed",
        })
    }
}

impl DefinitionId {
    pub(super) const fn new(number: u16) -> Self {
        Self(number)
    }

    /// What a version makes of it.
    #[must_use]
    pub fn at(self, version: Version) -> Option<Definition> {
        let names = TABLE.definitions.len() / TABLE.versions.len();
        let [shape] = TABLE.definitions.row(version.index() * names + usize::from(self.0));
        let [first, count] = TABLE.shapes.row(some(shape)?.into());
        Some(Definition { first, count })
    }
}

impl Definition {
    /// Its fields, by name.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        (0..self.count.into()).map(move |index| self.row(index))
    }

    /// The field of this name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<Field> {
        let (mut low, mut high) = (0, usize::from(self.count));
        while low < high {
            let middle = usize::midpoint(low, high);
            let field = self.row(middle);
            match TABLE.bytes(field.name).cmp(name.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(field),
            }
        }
        None
    }

    fn row(self, index: usize) -> Field {
        let rows: Rows<3> = TABLE.fields;
        let [name, kind, required] = rows.row(usize::from(self.first) + index);
        Field { name: TextId::new(name), kind, required: required == 1 }
    }
}

impl Field {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        TABLE.text(self.name)
    }

    /// What its value must be.
    #[must_use]
    pub fn kind(&self) -> Type {
        TypeId(self.kind).kind()
    }
}

impl TypeId {
    /// The type.
    #[must_use]
    pub fn kind(self) -> Type {
        let [which, of] = TABLE.kind(self.0);
        match which {
            1 => Type::String,
            2 => Type::Boolean,
            3 => Type::Int32,
            4 => Type::Int64,
            5 => Type::Number,
            6 => Type::Quantity,
            7 => Type::IntOrString,
            8 => Type::Time,
            9 => Type::Bytes,
            10 => Type::Object,
            11 => Type::Array(Self(of)),
            12 => Type::Map(Self(of)),
            13 => Type::Definition(DefinitionId(of)),
            14 => Type::DefinitionOrElse(DefinitionId(of)),
            15 => Type::Enum(EnumId(of)),
            _ => Type::Any,
        }
    }
}

impl EnumId {
    /// The texts.
    pub fn values(self) -> impl Iterator<Item = &'static str> {
        TABLE.values(self.0)
    }
}
