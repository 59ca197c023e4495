//! One pass over a tree, beside the schema of its kind.

use super::definition::{Definition, DefinitionId, Type};
use super::fault::{Defect, Fault};
use super::format;
use super::kind::{Kind, group_of, is_own_group};
use super::lifecycle::Lifecycle;
use super::version::Version;
use crate::node::{FieldPath, Node, Value};

/// No schema leads deeper, save those of definitions that hold themselves.
const DEEPEST: usize = 200;

/// What is wrong with an object in the eyes of these versions; each fault once, with the versions that have it.
#[must_use]
pub fn check<'a>(object: &'a Node, versions: &[Version]) -> Vec<Fault<'a>> {
    let mut all: Vec<Fault<'a>> = Vec::new();
    for version in versions {
        for fault in at_version(object, *version) {
            match all.iter_mut().find(|known| known.is_as(&fault)) {
                Some(known) => known.versions.push(*version),
                None => all.push(fault),
            }
        }
    }
    all
}

/// What is wrong with an object's metadata, which stand at `path`, in the eyes of the newest of these versions.
pub(super) fn metadata<'a>(node: &'a Node, path: &FieldPath, versions: &[Version]) -> Vec<Fault<'a>> {
    let newest = versions.last().copied().unwrap_or(Version::newest());
    let pod = Kind::find("v1", "Pod").and_then(|kind| kind.definition().at(newest));
    let Some(field) = pod.and_then(|pod| pod.field("metadata")) else { return Vec::new() };
    let mut walk =
        Walk { version: newest, way: Vec::new(), in_status: false, is_lenient: false, found: Vec::new() };
    walk.value(node, field.kind());
    let below = |fault: &Fault<'_>| fault.path.steps().iter().fold(path.clone(), FieldPath::step);
    let told = walk.found.into_iter();
    told.map(|fault| Fault { path: below(&fault), versions: versions.to_vec(), ..fault }).collect()
}

fn at_version(object: &Node, version: Version) -> Vec<Fault<'_>> {
    let mut walk = Walk { version, way: Vec::new(), in_status: false, is_lenient: false, found: Vec::new() };
    let text = |name| object.text_at(&[name]).filter(|text| !text.is_empty());
    let (Some(api_version), Some(kind)) = (text("apiVersion"), text("kind")) else {
        for name in ["apiVersion", "kind"] {
            match object.get(name) {
                Some(found) if !matches!(found.value, Value::Null | Value::String(_)) => {
                    walk.report_at(name, Defect::WrongType { expected: Type::String, found });
                }
                _ if text(name).is_none() => walk.report_at(name, Defect::Missing { name }),
                _ => {}
            }
        }
        return walk.found;
    };
    if (api_version, kind) == ("v1", "List") {
        walk.way.push(Crumb::Field("items"));
        for (index, item) in object.get("items").map_or(&[][..], Node::items).iter().enumerate() {
            walk.way.push(Crumb::Index(index));
            walk.object(item, item.text_at(&["apiVersion"]), item.text_at(&["kind"]));
            walk.way.pop();
        }
        return walk.found;
    }
    walk.object(object, Some(api_version), Some(kind));
    walk.found
}

/// One step of the way to where the walk is.
#[derive(Clone, Copy)]
enum Crumb<'a> {
    Field(&'a str),
    Index(usize),
}

struct Walk<'a> {
    version: Version,
    way: Vec<Crumb<'a>>,
    /// What the server fills in is not asked for.
    in_status: bool,
    /// What may be something else than a mapping is read without looking for fields that nobody knows.
    is_lenient: bool,
    found: Vec<Fault<'a>>,
}

impl<'a> Walk<'a> {
    fn report(&mut self, defect: Defect<'a>) {
        let path = self.way.iter().fold(FieldPath::root(), |path, crumb| match crumb {
            Crumb::Field(name) => path.field(name),
            Crumb::Index(index) => path.index(*index),
        });
        self.found.push(Fault { path, versions: vec![self.version], defect });
    }

    fn report_at(&mut self, name: &'a str, defect: Defect<'a>) {
        self.way.push(Crumb::Field(name));
        self.report(defect);
        self.way.pop();
    }

    fn object(&mut self, object: &'a Node, api_version: Option<&'a str>, name: Option<&'a str>) {
        let (Some(api_version), Some(name)) = (api_version, name) else { return };
        let known = Kind::find(api_version, name);
        if let Some(kind) = known
            && kind.is_in(self.version)
        {
            if let Some(life) = Lifecycle::find(api_version, name)
                && life.deprecated.is_some_and(|since| since <= self.version.minor())
            {
                self.report_at("apiVersion", Defect::Deprecated { life });
            }
            self.definition(object, kind.definition());
            if !kind.is_namespaced() && object.at(&["metadata", "namespace"]).is_some() {
                self.way.push(Crumb::Field("metadata"));
                self.report_at("namespace", Defect::NeedlessNamespace);
                self.way.pop();
            }
            return;
        }
        let minor = self.version.minor();
        let life = Lifecycle::find(api_version, name)
            .filter(|life| life.removed.is_some_and(|removed| removed <= minor));
        let was = known.is_some_and(|kind| Version::all().any(|one| one < self.version && kind.is_in(one)));
        if life.is_some() || was {
            self.report_at("apiVersion", Defect::Removed { life });
        } else if is_own_group(group_of(api_version)) {
            self.report_at("kind", Defect::UnknownKind);
        } else {
            self.report_at("kind", Defect::NoSchema);
        }
    }

    fn value(&mut self, node: &'a Node, expected: Type) {
        // The server takes null for a value that is not there.
        if node.value == Value::Null || self.way.len() > DEEPEST {
            return;
        }
        match (expected, &node.value) {
            (Type::Definition(id), Value::Mapping(_)) => self.definition(node, id),
            (Type::DefinitionOrElse(id), Value::Mapping(_)) => {
                let outer = self.is_lenient;
                self.is_lenient = true;
                self.definition(node, id);
                self.is_lenient = outer;
            }
            (Type::Array(item), Value::Sequence(items)) => {
                let item = item.kind();
                for (index, node) in items.iter().enumerate() {
                    self.way.push(Crumb::Index(index));
                    self.value(node, item);
                    self.way.pop();
                }
            }
            (Type::Map(value), Value::Mapping(fields)) => {
                let value = value.kind();
                for field in fields {
                    self.way.push(Crumb::Field(&field.name));
                    self.value(&field.node, value);
                    self.way.pop();
                }
            }
            _ => match fits(node, expected) {
                Fit::Well => {}
                Fit::InType => self.report(Defect::Malformed { expected, found: node }),
                Fit::Not => self.report(Defect::WrongType { expected, found: node }),
            },
        }
    }

    fn definition(&mut self, node: &'a Node, id: DefinitionId) {
        let Some(definition) = id.at(self.version) else { return };
        for field in node.fields() {
            self.way.push(Crumb::Field(&field.name));
            match definition.field(&field.name) {
                Some(declared) => {
                    let expected = declared.kind();
                    let outer = self.in_status;
                    self.in_status |= field.name == "status" && matches!(expected, Type::Definition(_));
                    self.value(&field.node, expected);
                    self.in_status = outer;
                }
                None if self.is_lenient => {}
                None => self.report(Defect::UnknownField { name: &field.name, id, definition }),
            }
            self.way.pop();
        }
        if !self.in_status {
            self.missing(node, definition);
        }
    }

    fn missing(&mut self, node: &'a Node, definition: Definition) {
        for field in definition.fields().filter(|field| field.required) {
            let name = field.name();
            if node.get(name).is_none_or(|node| node.value == Value::Null) {
                self.report_at(name, Defect::Missing { name });
            }
        }
    }
}

/// How well a value fits its type.
enum Fit {
    Well,
    /// It is of the type, and cannot be read.
    InType,
    Not,
}

fn fits(node: &Node, expected: Type) -> Fit {
    let read = |well: bool| if well { Fit::Well } else { Fit::InType };
    match (expected, &node.value) {
        (Type::Any, _)
        | (Type::DefinitionOrElse(_), Value::Bool(_) | Value::Sequence(_))
        | (Type::Object, Value::Mapping(_))
        | (Type::String | Type::IntOrString, Value::String(_))
        | (Type::Boolean, Value::Bool(_))
        | (Type::Int64, Value::Integer(_))
        | (Type::Number | Type::Quantity, Value::Integer(_) | Value::Float(_)) => Fit::Well,
        (Type::Int32 | Type::IntOrString, Value::Integer(number)) => read(i32::try_from(*number).is_ok()),
        // A number without a fraction loses its point on the way to the server.
        (Type::Int32 | Type::Int64 | Type::IntOrString, Value::Float(number)) if number.fract() == 0.0 => {
            let largest = if expected == Type::Int64 { i64::MAX as f64 } else { f64::from(i32::MAX) };
            read(number.abs() <= largest)
        }
        (Type::Quantity, Value::String(text)) => read(format::is_quantity(text)),
        (Type::Time, Value::String(text)) => read(format::is_time(text)),
        (Type::Bytes, Value::String(text)) => read(format::is_base64(text)),
        (Type::Enum(values), Value::String(text)) => read(values.values().any(|value| value == text)),
        _ => Fit::Not,
    }
}
