//! Changes of one object: each field is removed, emptied, repeated, and given values of its type that may not fit.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Each change, by the field's path without indices and what was done.
pub(crate) fn all(object: &Value, others: &[Value]) -> Vec<(String, Value)> {
    let mut samples = BTreeMap::new();
    for other in others {
        collect("", other, &mut samples);
    }
    let mut changes = Vec::new();
    let mut place = Vec::new();
    visit(object, object, &mut place, &samples, &mut changes);
    changes
}

/// Fields of things alike, so that each may be given what another has.
type Samples = BTreeMap<String, BTreeMap<String, Value>>;

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

fn collect(name: &str, value: &Value, samples: &mut Samples) {
    match value {
        Value::Object(fields) => {
            let known = samples.entry(sort(name).to_owned()).or_default();
            for (key, value) in fields {
                known.entry(key.clone()).or_insert_with(|| value.clone());
            }
            for (key, value) in fields {
                collect(key, value, samples);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(&format!("{name}[]"), item, samples)),
        _ => {}
    }
}

fn visit(
    root: &Value,
    value: &Value,
    place: &mut Vec<String>,
    samples: &Samples,
    changes: &mut Vec<(String, Value)>,
) {
    if place.len() == 1 && matches!(place[0].as_str(), "apiVersion" | "kind" | "status") {
        return;
    }
    let mut with = |what: &str, new: Option<Value>| {
        changes.push((format!("{} {what}", shown(place)), replaced(root, place, new)));
    };
    if !place.is_empty() {
        with("removed", None);
        for new in alternatives(value, place) {
            if new != *value {
                let what: String = new.to_string().chars().take(40).collect();
                with(&format!("= {what}"), Some(new));
            }
        }
    }
    match value {
        Value::Object(fields) => {
            // What is no structure, such as labels, has no fields that others have.
            let is_map = place.last().is_some_and(|name| {
                matches!(
                    name.as_str(),
                    "labels"
                        | "annotations"
                        | "matchLabels"
                        | "requests"
                        | "limits"
                        | "hard"
                        | "data"
                        | "selector"
                        | "stringData"
                        | "nodeSelector"
                        | "parameters"
                        | "max"
                        | "min"
                        | "default"
                        | "capacity"
                        | "defaultRequest"
                        | "maxLimitRequestRatio"
                        | "binaryData"
                )
            });
            if is_map {
                for key in ["Bad Key!", "a/b/c", ""] {
                    let mut more = fields.clone();
                    more.insert(
                        key.to_owned(),
                        fields.values().next().cloned().unwrap_or_else(|| json!("1")),
                    );
                    with(&format!("+ {key:?}"), Some(Value::Object(more)));
                }
            } else if let Some(known) = place.last().and_then(|_| samples.get(sort(&last(place)))) {
                for (key, sample) in known.iter().filter(|(key, _)| !fields.contains_key(*key)) {
                    let mut more = fields.clone();
                    more.insert(key.clone(), sample.clone());
                    with(&format!("+ {key}"), Some(Value::Object(more)));
                }
            }
            for (key, value) in fields {
                place.push(key.clone());
                visit(root, value, place, samples, changes);
                place.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                place.push(format!("#{index}"));
                visit(root, item, place, samples, changes);
                place.pop();
            }
        }
        _ => {}
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

fn alternatives(value: &Value, place: &[String]) -> Vec<Value> {
    match value {
        Value::String(_) => {
            let mut all: Vec<Value> =
                ["", "x", "Not A Name!", "-x", "UPPER", "a/b", "-5", "0", "2.5", "150%", "99999999Gi", "x-"]
                    .map(Value::from)
                    .to_vec();
            all.push("a".repeat(64).into());
            all.push("a".repeat(254).into());
            all
        }
        Value::Number(_) => {
            let mut all = [-1, 0, 1, 70_000, 2_147_483_647, 3_000_000_000_i64].map(Value::from).to_vec();
            let name = place.last().map_or("", String::as_str);
            if matches!(name, "targetPort" | "maxSurge" | "maxUnavailable" | "minAvailable" | "port") {
                all.extend(["0%", "150%", "abc", "-5%", "Not A Name!", "", "80"].map(Value::from));
            }
            all
        }
        Value::Bool(truth) => vec![json!(!truth)],
        Value::Array(items) => {
            let mut twice = items.clone();
            twice.extend(items.first().cloned());
            vec![json!([]), Value::Array(twice)]
        }
        Value::Object(_) => vec![json!({})],
        Value::Null => Vec::new(),
    }
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
