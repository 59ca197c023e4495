//! Changes of one object: each field is removed, emptied, repeated, given values of its type that may not fit, one of
//! another type, and what things alike have.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Texts that some field or other does not take.
const TEXTS: [&str; 22] = [
    "",
    "x",
    "Not A Name!",
    "-x",
    "x-",
    "UPPER",
    "a/b",
    "a.b",
    "-5",
    "0",
    "2.5",
    "150%",
    "99999999Gi",
    "/abs",
    "../up",
    "..x",
    "a//b",
    "*",
    "*.a.b",
    "10.0.0.1",
    "a:80",
    " x ",
];
const NUMBERS: [i64; 7] = [-1, 0, 1, 600, 70_000, 2_147_483_647, 3_000_000_000];
/// Fields that take numbers and texts.
const EITHER: [&str; 5] = ["targetPort", "maxSurge", "maxUnavailable", "minAvailable", "port"];
/// Fields of which each entry is named by whoever writes it.
const MAPS: [&str; 24] = [
    "labels",
    "annotations",
    "matchLabels",
    "requests",
    "limits",
    "hard",
    "data",
    "selector",
    "stringData",
    "nodeSelector",
    "parameters",
    "max",
    "min",
    "default",
    "capacity",
    "defaultRequest",
    "maxLimitRequestRatio",
    "binaryData",
    "properties",
    "podFixed",
    "overhead",
    "deviceTaints",
    "volumeAttributes",
    "attributes",
];
/// The most values of a field that others have it given.
const SAMPLES: usize = 8;

/// Each change, by the field's path without indices and what was done.
pub(crate) fn all(object: &Value, samples: &Samples) -> Vec<(String, Value)> {
    let mut changes = Changes { root: object, samples, place: Vec::new(), found: Vec::new() };
    changes.visit(object);
    changes.found
}

/// Fields of things alike, with values that they have, so that each may be given what another has.
#[derive(Default)]
pub(crate) struct Samples(BTreeMap<String, BTreeMap<String, Vec<Value>>>);

impl Samples {
    /// The fields of these objects.
    pub(crate) fn of(objects: &[Value]) -> Self {
        let mut samples = Self::default();
        objects.iter().for_each(|object| samples.collect("", object));
        samples
    }

    fn collect(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                let known = self.0.entry(sort(name).to_owned()).or_default();
                for (key, value) in fields {
                    let values = known.entry(key.clone()).or_default();
                    if values.len() < SAMPLES && !values.contains(value) {
                        values.push(value.clone());
                    }
                }
                for (key, value) in fields {
                    self.collect(key, value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(&format!("{name}[]"), item)),
            _ => {}
        }
    }
}

/// What a thing is, by the name of its field.
fn sort(name: &str) -> &str {
    match name {
        "livenessProbe" | "readinessProbe" | "startupProbe" => "probe",
        "postStart" | "preStop" => "hook",
        "initContainers[]" | "containers[]" => "containers[]",
        "from[]" | "to[]" => "peers[]",
        name => name,
    }
}

struct Changes<'a> {
    root: &'a Value,
    samples: &'a Samples,
    place: Vec<String>,
    found: Vec<(String, Value)>,
}

impl Changes<'_> {
    fn with(&mut self, what: &str, new: Option<Value>) {
        self.found.push((format!("{} {what}", shown(&self.place)), replaced(self.root, &self.place, new)));
    }

    fn with_value(&mut self, new: Value) {
        let what: String = new.to_string().chars().take(40).collect();
        self.with(&format!("= {what}"), Some(new));
    }

    fn visit(&mut self, value: &Value) {
        if self.place.len() == 1 && matches!(self.place[0].as_str(), "apiVersion" | "kind" | "status") {
            return;
        }
        // The path of the request says the namespace.
        if self.place == ["metadata", "namespace"] {
            return;
        }
        if !self.place.is_empty() {
            self.with("removed", None);
            let parent = last(&self.place[..self.place.len() - 1]);
            for new in alternatives(value, &self.place, self.samples, &parent) {
                if new != *value {
                    self.with_value(new);
                }
            }
        }
        match value {
            Value::Object(fields) => {
                self.add(fields);
                for (key, value) in fields {
                    self.place.push(key.clone());
                    self.visit(value);
                    self.place.pop();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.place.push(format!("#{index}"));
                    self.visit(item);
                    self.place.pop();
                }
            }
            _ => {}
        }
    }

    /// Adds what things alike have, and what nobody has.
    fn add(&mut self, fields: &Map<String, Value>) {
        // What is no structure, such as labels, has no fields that others have.
        let is_map = self.place.last().is_some_and(|name| MAPS.contains(&name.as_str()));
        let more: Vec<(&str, Value)> = if is_map && !fields.values().any(Value::is_object) {
            let value = fields.values().next().cloned().unwrap_or_else(|| json!("1"));
            ["Bad Key!", "a/b/c", "", "unknown"].map(|key| (key, value.clone())).to_vec()
        } else {
            let known = self.place.last().and_then(|_| self.samples.0.get(sort(&last(&self.place))));
            let known = known.into_iter().flatten().map(|(key, values)| (key.as_str(), values[0].clone()));
            std::iter::once(("unknownField", json!("a"))).chain(known).collect()
        };
        for (key, value) in more.into_iter().filter(|(key, _)| !fields.contains_key(*key)) {
            let mut more = fields.clone();
            more.insert(key.to_owned(), value);
            self.with(&format!("+ {key}"), Some(Value::Object(more)));
        }
    }
}

fn last(place: &[String]) -> String {
    let name = place.iter().rev().find(|step| !step.starts_with('#')).cloned().unwrap_or_default();
    if place.last().is_some_and(|step| step.starts_with('#')) { format!("{name}[]") } else { name }
}

fn shown(place: &[String]) -> String {
    let mut text = String::new();
    for step in place {
        match step.starts_with('#') {
            true => text.push_str("[]"),
            false if text.is_empty() => text.push_str(step),
            false => {
                text.push('.');
                text.push_str(step);
            }
        }
    }
    text
}

fn alternatives(value: &Value, place: &[String], samples: &Samples, parent: &str) -> Vec<Value> {
    let name = place.last().map_or("", String::as_str);
    let others = samples.0.get(sort(parent)).and_then(|known| known.get(name)).into_iter().flatten();
    let others = || others.clone().filter(|other| !other.is_object() && !other.is_array()).cloned();
    let mut all: Vec<Value> = match value {
        Value::String(_) => {
            let long = ["a".repeat(64), "a".repeat(254)].map(Value::from);
            let other = [json!(5), json!({}), Value::Null];
            TEXTS.map(Value::from).into_iter().chain(long).chain(other).chain(others()).collect()
        }
        Value::Number(_) => {
            let texts: &[&str] = match EITHER.contains(&name) {
                true => &["0%", "150%", "abc", "-5%", "Not A Name!", "", "80"],
                false => &["5"],
            };
            let numbers = NUMBERS.map(Value::from).into_iter().chain([json!(1.5), Value::Null]);
            numbers.chain(texts.iter().copied().map(Value::from)).chain(others()).collect()
        }
        Value::Bool(truth) => vec![json!(!truth), json!("true"), Value::Null],
        Value::Array(items) => {
            let mut twice = items.clone();
            twice.extend(items.first().cloned());
            let backwards: Vec<_> = items.iter().rev().cloned().collect();
            vec![
                json!([]),
                Value::Array(twice),
                Value::Array(backwards),
                json!({}),
                Value::Null,
                json!([null]),
            ]
        }
        Value::Object(_) => vec![json!({}), json!([]), json!("x"), Value::Null],
        Value::Null => Vec::new(),
    };
    let mut seen = Vec::new();
    all.retain(|one| {
        let is_new = !seen.contains(one);
        seen.push(one.clone());
        is_new
    });
    all
}

fn replaced(root: &Value, place: &[String], new: Option<Value>) -> Value {
    let Some((first, rest)) = place.split_first() else { return new.unwrap_or_default() };
    let mut root = root.clone();
    match &mut root {
        Value::Object(fields) => match (rest.is_empty(), new) {
            (true, None) => {
                fields.remove(first);
            }
            (_, new) => {
                fields[first] = replaced(&fields[first].clone(), rest, new);
            }
        },
        Value::Array(items) => {
            let index: usize = first[1..].parse().unwrap();
            match (rest.is_empty(), new) {
                (true, None) => {
                    items.remove(index);
                }
                (_, new) => items[index] = replaced(&items[index].clone(), rest, new),
            }
        }
        _ => {}
    }
    root
}
