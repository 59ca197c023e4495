//! What a value must be, as the `openAPIV3Schema` of a definition says.

use std::collections::BTreeMap;

use super::expression::Expression;
use super::limit::Limit;
use super::pattern::Pattern;
use crate::node::{FieldPath, Node, Value};

/// What a value must be.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) is_nullable: bool,
    /// Fields that nobody names are kept.
    pub(super) keeps_unknown: bool,
    /// It is an object of Kubernetes, with a kind and metadata.
    pub(super) is_embedded: bool,
    pub(super) properties: BTreeMap<String, Self>,
    /// What the values of a mapping from any name must be.
    pub(super) values: Option<Box<Self>>,
    pub(super) items: Option<Box<Self>>,
    pub(super) list: List,
    pub(super) required: Vec<String>,
    pub(super) default: Option<Node>,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<Pattern>,
    pub(super) limits: Vec<Limit>,
    pub(super) all_of: Vec<Self>,
    pub(super) any_of: Vec<Self>,
    pub(super) one_of: Vec<Self>,
    pub(super) not: Option<Box<Self>>,
    pub(super) rules: Vec<Expression>,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Any,
    Object,
    Array,
    String,
    Boolean,
    Integer,
    Number,
    IntOrString,
}

/// When two items of a list are the same.
#[derive(Debug, Default)]
pub(super) enum List {
    /// Never.
    #[default]
    Atomic,
    /// When they are equal.
    Set,
    /// When these fields are equal.
    Map(Vec<String>),
}

impl Shape {
    /// Reads a schema that stands at `path` in its definition.
    pub(super) fn read(schema: &Node, path: &FieldPath) -> Self {
        let truth = |name: &str| schema.get(name).and_then(Node::as_bool) == Some(true);
        let text = |name: &str| schema.text_at(&[name]);
        let within = |name: &str| schema.get(name).map(|node| Box::new(Self::read(node, &path.field(name))));
        let each = |name: &str| -> Vec<Self> {
            let items = schema.get(name).map_or(&[][..], Node::items).iter().enumerate();
            items.map(|(index, item)| Self::read(item, &path.field(name).index(index))).collect()
        };
        let properties = schema.get("properties").map_or(&[][..], Node::fields).iter();
        let below = path.field("properties");
        let additional = schema.get("additionalProperties");
        Self {
            kind: if truth("x-kubernetes-int-or-string") {
                Kind::IntOrString
            } else {
                Kind::of(text("type"))
            },
            is_nullable: truth("nullable"),
            keeps_unknown: truth("x-kubernetes-preserve-unknown-fields"),
            is_embedded: truth("x-kubernetes-embedded-resource"),
            properties: properties
                .map(|field| (field.name.to_string(), Self::read(&field.node, &below.field(&field.name))))
                .collect(),
            values: additional.and_then(|values| match values.value {
                Value::Bool(true) => Some(Box::new(Self { keeps_unknown: true, ..Self::default() })),
                Value::Mapping(_) => Some(Box::new(Self::read(values, &path.field("additionalProperties")))),
                _ => None,
            }),
            items: within("items"),
            list: match text("x-kubernetes-list-type") {
                Some("set") => List::Set,
                Some("map") => List::Map(texts(schema, "x-kubernetes-list-map-keys")),
                _ => List::Atomic,
            },
            required: texts(schema, "required"),
            default: schema.get("default").cloned(),
            format: text("format").map(str::to_owned),
            pattern: text("pattern").map(Pattern::new),
            limits: Limit::all_of(schema),
            all_of: each("allOf"),
            any_of: each("anyOf"),
            one_of: each("oneOf"),
            not: within("not"),
            rules: Expression::all_of(schema, path),
        }
    }

    /// What a field must be; nothing for one that nobody names.
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        self.properties.get(name).or(self.values.as_deref())
    }

    /// What the values in it must be: of its fields and its items.
    pub(super) fn below(&self) -> impl Iterator<Item = &Self> {
        self.properties.values().chain(self.values.as_deref()).chain(self.items.as_deref())
    }

    /// Whether there is any expression below.
    pub(super) fn has_rules(&self) -> bool {
        !self.rules.is_empty() || self.below().any(Self::has_rules)
    }

    /// All expressions below.
    pub(super) fn expressions<'s>(&'s self, found: &mut Vec<&'s Expression>) {
        found.extend(&self.rules);
        self.below().for_each(|shape| shape.expressions(found));
    }

    /// All patterns below.
    pub(super) fn patterns<'s>(&'s self, found: &mut Vec<&'s Pattern>) {
        found.extend(&self.pattern);
        let joined = self.all_of.iter().chain(&self.any_of).chain(&self.one_of).chain(self.not.as_deref());
        self.below().chain(joined).for_each(|shape| shape.patterns(found));
    }
}

impl Kind {
    fn of(name: Option<&str>) -> Self {
        match name {
            Some("object") => Self::Object,
            Some("array") => Self::Array,
            Some("string") => Self::String,
            Some("boolean") => Self::Boolean,
            Some("integer") => Self::Integer,
            Some("number") => Self::Number,
            _ => Self::Any,
        }
    }
}

fn texts(schema: &Node, name: &str) -> Vec<String> {
    let items = schema.get(name).map_or(&[][..], Node::items);
    items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}
