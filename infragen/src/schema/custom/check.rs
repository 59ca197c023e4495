//! One pass over an object, beside the shape that its definition gives it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::check::metadata;
use super::super::definition::Type;
use super::super::fault::{Defect, Fault};
use super::super::version::Version;
use super::definition::{Definition, Served};
use super::fill::fill;
use super::format;
use super::limit::{Limit, canonical};
use super::rules;
use super::shape::{Kind, List, Shape};
use crate::node::{FieldPath, Node, Value};

/// The fields that every object has, whatever its definition says.
pub(super) const COMMON: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// What the texts are that name an object.
const OF_OBJECTS: &[(&[&str], &str)] = &[
    (&["apiVersion"], format::GROUP_VERSION),
    (&["kind"], format::KIND),
    (&["metadata", "name"], format::OBJECT_NAME),
];

/// What is wrong with an object in the eyes of its definition.
pub(super) fn object<'a>(
    definition: &'a Definition,
    object: &'a Node,
    servers: &[Version],
) -> Vec<Fault<'a>> {
    let api_version = object.text_at(&["apiVersion"]).unwrap_or_default();
    let name = api_version.split_once('/').map_or("", |(_, name)| name);
    let fault =
        |defect| Fault { path: FieldPath::root().field("apiVersion"), versions: servers.to_vec(), defect };
    let Some(version) = definition.version(name).filter(|version| version.is_served) else {
        return vec![fault(Defect::NotServed { definition })];
    };
    let mut walk = Walk { object, servers, found: Vec::new() };
    if version.is_deprecated {
        let warning = version.warning.as_deref();
        walk.found.push(fault(Defect::DeprecatedByDefinition { definition, warning }));
    }
    let namespace = FieldPath::root().fields(&["metadata", "namespace"]);
    if !definition.is_namespaced && object.at_path(&namespace).is_some() {
        walk.report(&namespace, Defect::NeedlessNamespace);
    }
    walk.metadata(object, &FieldPath::root());
    walk.root(version, definition.shape(version));
    walk.found
}

struct Walk<'a, 'v> {
    object: &'a Node,
    servers: &'v [Version],
    found: Vec<Fault<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn root(&mut self, version: &Served, shape: &'a Shape) {
        self.unknown(self.object, shape, &FieldPath::root(), true);
        let mut filled = self.object.clone();
        if let Value::Mapping(fields) = &mut filled.value
            && version.has_status
        {
            // What somebody says of the status is dropped, and so never looked at.
            fields.edit(|fields| fields.retain(|field| field.name != "status"));
        }
        fill(&mut filled, shape);
        self.value(&filled, shape, &FieldPath::root());
        let is_sound = |fault: &Fault<'_>| {
            matches!(fault.defect, Defect::DeprecatedByDefinition { .. } | Defect::NeedlessNamespace)
        };
        if self.found.iter().all(is_sound) {
            for (path, defect) in rules::broken(&filled, shape) {
                self.report(&path, defect);
            }
        }
    }

    fn report(&mut self, path: &FieldPath, defect: Defect<'a>) {
        self.found.push(Fault { path: path.clone(), versions: self.servers.to_vec(), defect });
    }

    /// The value as somebody wrote it; a default that nobody wrote is the fault of what it stands in.
    fn written(&self, path: &FieldPath) -> &'a Node {
        self.object.at_path(path).unwrap_or(self.object)
    }

    fn metadata(&mut self, object: &'a Node, path: &FieldPath) {
        if let Some(node) = object.get("metadata") {
            self.found.extend(metadata(node, &path.field("metadata"), self.servers));
        }
    }

    /// Fields that nobody names, which are lost on the way, or refused.
    fn unknown(&mut self, node: &'a Node, shape: &'a Shape, path: &FieldPath, is_root: bool) {
        let is_object = is_root || shape.is_embedded;
        if shape.is_embedded && !is_root {
            self.metadata(node, path);
        }
        for field in node.fields() {
            let name = &field.name;
            if is_object && COMMON.contains(&name.as_str()) {
                continue;
            }
            let path = path.field(name);
            match shape.field(name) {
                Some(shape) => self.unknown(&field.node, shape, &path, false),
                None if shape.keeps_unknown || !matches!(shape.kind, Kind::Object | Kind::Any) => {}
                None => {
                    let common = COMMON.iter().copied().filter(|_| is_object);
                    let known = shape.properties.keys().map(String::as_str).chain(common).collect();
                    self.report(&path, Defect::UndeclaredField { name, known });
                }
            }
        }
        if let Some(shape) = &shape.items {
            for (index, item) in node.items().iter().enumerate() {
                self.unknown(item, shape, &path.index(index), false);
            }
        }
    }

    fn value(&mut self, node: &Node, shape: &'a Shape, path: &FieldPath) {
        if node.value == Value::Null && shape.is_nullable {
            return;
        }
        if let Some(expected) = wrong_type(node, shape.kind) {
            self.report(path, Defect::WrongType { expected, found: self.written(path) });
            return;
        }
        for name in &shape.required {
            if !has(node, name) && matches!(node.value, Value::Mapping(_)) {
                self.report(&path.field(name), Defect::Missing { name });
            }
        }
        if shape.is_embedded {
            for name in ["apiVersion", "kind"] {
                if node.text_at(&[name]).is_none_or(str::is_empty) {
                    self.report(&path.field(name), Defect::Missing { name });
                }
            }
            for (way, format) in OF_OBJECTS {
                if node.text_at(way).is_some_and(|text| !text.is_empty() && !format::is_of(format, text)) {
                    let path = path.fields(way);
                    let limit = Limit::Format((*format).to_owned());
                    self.report(&path, Defect::OutsideLimit { limit, found: self.written(&path) });
                }
            }
        }
        for limit in own_limits(node, shape) {
            self.report(path, Defect::OutsideLimit { limit, found: self.written(path) });
        }
        for (index, limit) in repeated(node, &shape.list) {
            let path = path.index(index);
            let found = self.written(&path);
            self.report(&path, Defect::OutsideLimit { limit, found });
        }
        for field in node.fields() {
            if let Some(shape) = shape.field(&field.name) {
                self.value(&field.node, shape, &path.field(&field.name));
            }
        }
        if let Some(shape) = &shape.items {
            for (index, item) in node.items().iter().enumerate() {
                self.value(item, shape, &path.index(index));
            }
        }
    }
}

/// Whether a schema takes the default that it names: it keeps all limits, and nothing in it is unknown.
#[must_use]
pub fn takes_default(schema: &Node, default: &Node) -> bool {
    let shape = Shape::read(schema, &FieldPath::root());
    let mut filled = default.clone();
    fill(&mut filled, &shape);
    match shape.is_embedded {
        // What may stand in it is asked of the object that it becomes.
        true => wrong_type(&filled, shape.kind).is_none(),
        false => is_known(&filled, &shape) && conforms(&filled, &shape),
    }
}

fn is_known(node: &Node, shape: &Shape) -> bool {
    let is_open = shape.keeps_unknown || shape.kind != Kind::Object;
    node.fields().iter().all(|field| match shape.field(&field.name) {
        Some(shape) => is_known(&field.node, shape),
        None => is_open,
    }) && shape.items.as_ref().is_none_or(|shape| node.items().iter().all(|item| is_known(item, shape)))
}

/// Whether a field is there; one that is null is not, even where null is allowed.
fn has(node: &Node, name: &str) -> bool {
    node.get(name).is_some_and(|node| node.value != Value::Null)
}

/// Whether a value has everything that a shape asks for, as one of several that it may have.
fn conforms(node: &Node, shape: &Shape) -> bool {
    if node.value == Value::Null && shape.is_nullable {
        return true;
    }
    wrong_type(node, shape.kind).is_none()
        && (!matches!(node.value, Value::Mapping(_)) || shape.required.iter().all(|name| has(node, name)))
        && own_limits(node, shape).is_empty()
        && node
            .fields()
            .iter()
            .all(|field| shape.field(&field.name).is_none_or(|shape| conforms(&field.node, shape)))
        && shape.items.as_ref().is_none_or(|shape| node.items().iter().all(|item| conforms(item, shape)))
}

/// The limits that a value does not keep, what is below it left out.
fn own_limits(node: &Node, shape: &Shape) -> Vec<Limit> {
    let mut broken: Vec<Limit> =
        shape.limits.iter().filter(|limit| !limit.is_kept_by(node)).cloned().collect();
    if let Some(format) = shape.format.as_ref().filter(|format| !format::fits(format, node)) {
        broken.push(Limit::Format(format.clone()));
    }
    if let Some(text) = node.as_str() {
        if let Some(pattern) = shape.pattern.as_ref().filter(|pattern| !pattern.matches(text)) {
            broken.push(Limit::Pattern(pattern.source.clone()));
        }
        if let Some(format) = shape.format.as_ref().filter(|format| !format::is_of(format, text)) {
            broken.push(Limit::Format(format.clone()));
        }
    }
    broken.extend(shape.all_of.iter().flat_map(|form| {
        // What one of all forms asks for is asked for as if it stood in the shape itself.
        let inner = own_limits(node, form);
        if inner.is_empty() && !conforms(node, form) { vec![Limit::AnyForm] } else { inner }
    }));
    let forms = |forms: &[Shape]| forms.iter().filter(|form| conforms(node, form)).count();
    if !shape.any_of.is_empty() && forms(&shape.any_of) == 0 {
        broken.push(Limit::AnyForm);
    }
    if !shape.one_of.is_empty() && forms(&shape.one_of) != 1 {
        broken.push(Limit::OneForm(forms(&shape.one_of)));
    }
    if shape.not.as_ref().is_some_and(|form| conforms(node, form)) {
        broken.push(Limit::NotForm);
    }
    broken
}

/// The items that are as an earlier one, each with the index of that.
fn repeated(node: &Node, list: &List) -> Vec<(usize, Limit)> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut repeated = Vec::new();
    for (index, item) in node.items().iter().enumerate() {
        let mut name = String::new();
        match list {
            List::Atomic => return repeated,
            List::Set => canonical(item, &mut name),
            List::Map(keys) => {
                for key in keys.iter().filter_map(|key| item.get(key)) {
                    canonical(key, &mut name);
                }
            }
        }
        match first.entry(name) {
            Entry::Occupied(earlier) => repeated.push((index, Limit::Unique(*earlier.get()))),
            Entry::Vacant(new) => {
                new.insert(index);
            }
        }
    }
    repeated
}

/// The type that a value must have, if it has another.
fn wrong_type(node: &Node, kind: Kind) -> Option<Type> {
    let expected = match kind {
        Kind::Any => return None,
        Kind::Object => Type::Object,
        Kind::Array => Type::List,
        Kind::String => Type::String,
        Kind::Boolean => Type::Boolean,
        Kind::Integer => Type::Int64,
        Kind::Number => Type::Number,
        Kind::IntOrString => Type::IntOrString,
    };
    let is_well = match (kind, &node.value) {
        (Kind::Object, Value::Mapping(_))
        | (Kind::Array, Value::Sequence(_))
        | (Kind::String | Kind::IntOrString, Value::String(_))
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Integer | Kind::Number | Kind::IntOrString, Value::Integer(_))
        | (Kind::Number, Value::Float(_)) => true,
        (Kind::Integer | Kind::IntOrString, Value::Float(number)) => number.fract() == 0.0,
        _ => false,
    };
    (!is_well).then_some(expected)
}
