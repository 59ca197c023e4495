//! The settings as a JSON schema: what infragen reads.

use schemars::{Schema, schema_for};
use serde_json::{Map, Value};

use crate::Settings;

impl Settings {
    /// The JSON schema of a deployment: see the type.
    pub fn schema() -> Schema {
        schema_for!(Settings)
    }

    /// The names of all variables, sorted.
    pub fn variables() -> Vec<String> {
        let schema = Settings::schema();
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
    }
}

/// Marks what a deployment must supply, and makes of an optional value one that may be absent: a
/// variable has no `null`.
pub(crate) fn of_a_deployment(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    object.insert("required".into(), ["AUTH_MODE", "DB_PASSWORD", "DB_USERNAME"].as_slice().into());
    if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().filter_map(Value::as_object_mut).for_each(without_null);
    }
}

/// Drops the `null` that stands beside a type, and the default that is `null`.
fn without_null(property: &mut Map<String, Value>) {
    property.retain(|key, value| key != "default" || !value.is_null());
    if let Some(kind) = property.get("type").and_then(|types| types.get(0)).cloned() {
        property.insert("type".into(), kind);
    }
    if let Some(Value::Array(choices)) = property.remove("anyOf") {
        let kept = choices.into_iter().find(|choice| choice.get("type") != Some(&"null".into()));
        for (key, value) in kept.and_then(|choice| choice.as_object().cloned()).into_iter().flatten() {
            property.entry(key).or_insert(value);
        }
    }
}
