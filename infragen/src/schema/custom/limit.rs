//! The limits of values that need no more than one look: numbers, lengths, and what is listed.

use std::fmt::Write as _;

use crate::node::{Node, Value};

/// What a definition asks of a value beyond its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// One of these.
    Enum(Vec<Node>),
    /// A number of at least this; above it, where it is left out.
    Least(f64, bool),
    /// A number of at most this; below it, where it is left out.
    Most(f64, bool),
    /// A multiple of this.
    MultipleOf(f64),
    /// So many characters at least.
    ShortestText(u64),
    /// So many characters at most.
    LongestText(u64),
    /// So many items at least.
    FewestItems(u64),
    /// So many items at most.
    MostItems(u64),
    /// So many fields at least.
    FewestFields(u64),
    /// So many fields at most.
    MostFields(u64),
    /// Text that a pattern matches.
    Pattern(String),
    /// Text of a format.
    Format(String),
    /// No item that is as an earlier one, which stands at this index.
    Unique(usize),
    /// At least one of the forms that are listed.
    AnyForm,
    /// Exactly one of the forms that are listed; how many it has.
    OneForm(usize),
    /// Not the form that is barred.
    NotForm,
}

impl Limit {
    /// Those that a schema names and a value shows by itself.
    pub(super) fn all_of(schema: &Node) -> Vec<Self> {
        let number = |name: &str| schema.get(name).and_then(as_f64);
        let count = |name: &str| u64::try_from(schema.get(name)?.as_i64()?).ok();
        let truth = |name: &str| schema.get(name).and_then(Node::as_bool) == Some(true);
        let listed = schema.get("enum").map(Node::items).filter(|listed| !listed.is_empty());
        let listed = listed.map(|listed| Self::Enum(listed.to_vec()));
        [
            listed,
            number("minimum").map(|least| Self::Least(least, truth("exclusiveMinimum"))),
            number("maximum").map(|most| Self::Most(most, truth("exclusiveMaximum"))),
            number("multipleOf").map(Self::MultipleOf),
            count("minLength").map(Self::ShortestText),
            count("maxLength").map(Self::LongestText),
            count("minItems").map(Self::FewestItems),
            count("maxItems").map(Self::MostItems),
            count("minProperties").map(Self::FewestFields),
            count("maxProperties").map(Self::MostFields),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether a value keeps it. A limit of lengths says nothing of numbers.
    pub(super) fn is_kept_by(&self, node: &Node) -> bool {
        let number = as_f64(node);
        let characters = || node.as_str().map(|text| text.chars().count() as u64);
        let items = || matches!(node.value, Value::Sequence(_)).then(|| node.items().len() as u64);
        let fields = || matches!(node.value, Value::Mapping(_)).then(|| node.fields().len() as u64);
        match self {
            Self::Enum(listed) => listed.iter().any(|one| is_same(one, node)),
            Self::Least(least, is_left_out) => {
                number.is_none_or(|number| number > *least || (number == *least && !is_left_out))
            }
            Self::Most(most, is_left_out) => {
                number.is_none_or(|number| number < *most || (number == *most && !is_left_out))
            }
            Self::MultipleOf(of) => number.is_none_or(|number| {
                let times = number / of;
                (times - times.round()).abs() < 1e-9
            }),
            Self::ShortestText(least) => characters().is_none_or(|count| count >= *least),
            Self::LongestText(most) => characters().is_none_or(|count| count <= *most),
            Self::FewestItems(least) => items().is_none_or(|count| count >= *least),
            Self::MostItems(most) => items().is_none_or(|count| count <= *most),
            Self::FewestFields(least) => fields().is_none_or(|count| count >= *least),
            Self::MostFields(most) => fields().is_none_or(|count| count <= *most),
            _ => true,
        }
    }
}

fn as_f64(node: &Node) -> Option<f64> {
    match node.value {
        #[expect(clippy::cast_precision_loss, reason = "the API server compares by the same type")]
        Value::Integer(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    }
}

/// Writes a value so that two are written alike when they are the same in JSON, where `1` is `1.0` and the order of
/// fields does not count.
pub(super) fn canonical(node: &Node, text: &mut String) {
    match &node.value {
        Value::Mapping(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|one, other| one.name.cmp(&other.name));
            text.push('{');
            for field in fields {
                let _ = write!(text, "{:?}:", field.name);
                canonical(&field.node, text);
            }
            text.push('}');
        }
        Value::Sequence(items) => {
            text.push('[');
            items.iter().for_each(|item| canonical(item, text));
            text.push(']');
        }
        Value::Integer(number) => {
            let _ = write!(text, "{number},");
        }
        Value::Float(number) => {
            let _ = write!(text, "{number},");
        }
        Value::String(string) => {
            let _ = write!(text, "{string:?},");
        }
        Value::Bool(truth) => {
            let _ = write!(text, "{truth},");
        }
        Value::Null => text.push_str("null,"),
    }
}

/// Whether two values are the same in JSON.
fn is_same(one: &Node, other: &Node) -> bool {
    let written = |node| {
        let mut text = String::new();
        canonical(node, &mut text);
        text
    };
    written(one) == written(other)
}
