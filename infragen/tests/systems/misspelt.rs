//! Misspells the names of an object's fields.

use infragen::node::{FieldPath, Node, Value};

/// Mappings whose names are anybody's.
const FREE: [&str; 18] = [
    "labels",
    "annotations",
    "data",
    "binaryData",
    "stringData",
    "matchLabels",
    "nodeSelector",
    "requests",
    "limits",
    "capacity",
    "hard",
    "default",
    "defaultRequest",
    "max",
    "maxLimitRequestRatio",
    "min",
    "allocatable",
    "parameters",
];

/// Slips of the hand: a letter too many, one too few, a capital.
pub(crate) const SPELLINGS: [fn(&str) -> String; 3] = [
    |name| format!("{name}x"),
    |name| name[..name.len() - 1].to_owned(),
    |name| {
        let (first, rest) = name.split_at(1);
        let swapped = if first == first.to_uppercase() { first.to_lowercase() } else { first.to_uppercase() };
        format!("{swapped}{rest}")
    },
];

/// The paths of all names in a tree but those that are anybody's.
pub(crate) fn names(node: &Node, path: &FieldPath, found: &mut Vec<FieldPath>) {
    for field in node.fields() {
        let below = path.field(&field.name);
        found.push(below.clone());
        // A Service's selector is a mapping of labels; elsewhere it has a form.
        let is_free = FREE.contains(&field.name.as_str())
            || (below.to_string() == "spec.selector" && field.node.get("matchLabels").is_none());
        // A LimitRange's limits, and an HPA's, are lists of things with fields.
        if !is_free || matches!(field.node.value, Value::Sequence(_)) {
            names(&field.node, &below, found);
        }
    }
    for (index, item) in node.items().iter().enumerate() {
        names(item, &path.index(index), found);
    }
}

/// The object with the last name of the path spelt in another way.
pub(crate) fn misspell(object: &Node, path: &FieldPath, spell: fn(&str) -> String) -> Node {
    let mut changed = object.clone();
    let text = path.to_string();
    let parent =
        path.steps()[..path.steps().len() - 1].iter().fold(FieldPath::root(), |path, step| match step {
            infragen::node::Step::Field(name) => path.field(name),
            infragen::node::Step::Index(index) => path.index(*index),
        });
    let infragen::node::Step::Field(name) = path.steps().last().unwrap() else { panic!("{text} is no name") };
    let Value::Mapping(fields) = &mut changed.at_path_mut(&parent).unwrap().value else { panic!("{text}") };
    fields.iter_mut().find(|field| field.name == *name).unwrap().name = spell(name).into();
    changed
}
