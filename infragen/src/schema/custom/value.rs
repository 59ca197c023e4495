//! A value as CEL sees it, by the shape that its definition gives it.

use std::collections::HashMap;
use std::sync::Arc;

use cel::Value as Cel;
use cel::objects::{Key, Map, Opaque};

use super::shape::{Kind, List, Shape};
use crate::node::{Field, Node, Value};

/// Words that CEL keeps for itself; a field of such a name is reached by another.
const KEPT: [&str; 24] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
    "__proto__",
    "__type__",
    "__value__",
];

/// Text that means more than its letters, such as a moment. Nothing but equality is known of it.
#[derive(Debug, PartialEq, Eq)]
struct Meaning(String);

impl Opaque for Meaning {
    fn runtime_type_name(&self) -> &'static str {
        "infragen.dev.meaning"
    }
}

/// What a rule sees of a value: what the shape does not name, it cannot see.
pub(super) fn seen(node: &Node, shape: &Shape, is_root: bool) -> Option<Cel> {
    Some(match (&node.value, shape.kind) {
        (Value::Null, _) => Cel::Null,
        (Value::Bool(truth), _) => Cel::Bool(*truth),
        #[expect(clippy::cast_precision_loss, reason = "as the API server does")]
        (Value::Integer(number), Kind::Number) => Cel::Float(*number as f64),
        (Value::Integer(number), _) => Cel::Int(*number),
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
        (Value::Float(number), Kind::Integer) => Cel::Int(*number as i64),
        (Value::Float(number), _) => Cel::Float(*number),
        (Value::String(text), _) => match shape.format.as_deref() {
            Some("date" | "date-time" | "datetime" | "byte") => {
                Cel::Opaque(Arc::new(Meaning(text.to_string())))
            }
            Some("duration") => Cel::Int(super::format::nanoseconds(text)?),
            _ => Cel::String(Arc::new(text.to_string())),
        },
        (Value::Sequence(items), Kind::Array) => {
            let shape = shape.items.as_ref()?;
            Cel::List(Arc::new(items.iter().map(|item| seen(item, shape, false)).collect::<Option<_>>()?))
        }
        (Value::Mapping(fields), Kind::Object | Kind::Any) if is_root || is_named(shape) => {
            mapping(fields, shape, is_root)
        }
        _ => return None,
    })
}

/// Whether anything below can be named.
fn is_named(shape: &Shape) -> bool {
    shape.kind == Kind::Object
        && (!shape.properties.is_empty()
            || shape.values.is_some()
            || shape.is_embedded
            || !shape.keeps_unknown)
}

fn mapping(fields: &[Field], shape: &Shape, is_root: bool) -> Cel {
    let mut map = HashMap::new();
    let is_object = is_root || shape.is_embedded;
    for field in fields {
        let name = field.name.as_str();
        let (key, value) = match name {
            "apiVersion" | "kind" if is_object => (escaped(name), field.node.as_str().map(text)),
            "metadata" if is_object => (escaped(name), Some(metadata(&field.node))),
            // To CEL a field that is null is not there.
            _ if shape.properties.contains_key(name) && field.node.value == Value::Null => continue,
            _ if shape.properties.contains_key(name) => {
                (escaped(name), seen(&field.node, &shape.properties[name], false))
            }
            _ => match &shape.values {
                Some(values) => (name.to_owned(), seen(&field.node, values, false)),
                None => continue,
            },
        };
        if let Some(value) = value {
            map.insert(Key::String(Arc::new(key)), value);
        }
    }
    Cel::Map(Map { map: Arc::new(map) })
}

/// Of an object's metadata its names alone can be seen.
fn metadata(node: &Node) -> Cel {
    let names = ["name", "generateName"].into_iter();
    let named =
        names.filter_map(|name| Some((Key::String(Arc::new(name.to_owned())), text(node.text_at(&[name])?))));
    Cel::Map(Map { map: Arc::new(named.collect()) })
}

fn text(text: &str) -> Cel {
    Cel::String(Arc::new(text.to_owned()))
}

/// The name by which a rule reaches a field: `x-kubernetes` is `x__dash__kubernetes`.
pub(super) fn escaped(name: &str) -> String {
    if KEPT.contains(&name) {
        return format!("__{name}__");
    }
    let underscores = name.replace("__", "__underscores__");
    underscores.replace('.', "__dot__").replace('-', "__dash__").replace('/', "__slash__")
}

/// Whether any field of this name may be, or hold, a list whose order does not count.
pub(super) fn holds_sets(shape: &Shape, name: &str) -> bool {
    let mut named = shape.properties.iter();
    named.any(|(field, shape)| escaped(field) == name && is_or_holds_set(shape))
        || shape.values.as_deref().is_some_and(is_or_holds_set)
        || shape.below().any(|shape| holds_sets(shape, name))
}

fn is_or_holds_set(shape: &Shape) -> bool {
    !matches!(shape.list, List::Atomic) || shape.below().any(is_or_holds_set)
}

/// How long the longest list or mapping in a value is, and whether there are lists in it whose order does not count.
pub(super) fn extent(node: &Node, shape: &Shape) -> (usize, bool) {
    let mut longest = node.fields().len().max(node.items().len());
    let mut has_sets = !matches!(shape.list, List::Atomic) && node.items().len() > 1;
    let fields = node.fields().iter().filter_map(|field| Some((&field.node, shape.field(&field.name)?)));
    let items = node.items().iter().filter_map(|item| Some((item, shape.items.as_deref()?)));
    for (node, shape) in fields.chain(items) {
        let (inner, sets) = extent(node, shape);
        longest = longest.max(inner);
        has_sets |= sets;
    }
    (longest, has_sets)
}
