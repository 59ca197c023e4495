//! Kubernetes' OpenAPI document as the folder of JSON schemas that kubeconform reads: one file a kind, whole and strict.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use serde_json::{Map, Value, json};

use crate::commands::schemas::EXTERNAL_SECRETS;
use crate::commands::schemas::module::Module;
use crate::project;

/// The folder, made where it is not there yet.
pub(super) fn folder() -> anyhow::Result<PathBuf> {
    let kubernetes = Module::newest("k8s.io/kubernetes")?;
    let external = Module::newest(EXTERNAL_SECRETS)?;
    let name = format!("{kubernetes}-{external}").replace(['/', '@'], "-");
    let folder = project::target().join("json-schemas").join(name);
    if folder.join("complete").exists() {
        return Ok(folder);
    }
    fs::create_dir_all(&folder)?;
    let document: Value = serde_json::from_str(&kubernetes.read("api/openapi-spec/swagger.json")?)?;
    let definitions = document["definitions"].as_object().context("the document has no definitions")?;
    let write = |group: &str, version: &str, kind: &str, schema: &Value| {
        // The way in which kubeconform names them.
        let group = group.split('.').next().filter(|group| !group.is_empty());
        let parts: Vec<&str> = [Some(kind), group, Some(version)].into_iter().flatten().collect();
        let file = folder.join(format!("{}.json", parts.join("-").to_lowercase()));
        fs::write(&file, schema.to_string()).with_context(|| format!("cannot write {}", file.display()))
    };
    for (name, definition) in definitions {
        let kinds = definition["x-kubernetes-group-version-kind"].as_array();
        if let Some([kind]) = kinds.map(Vec::as_slice) {
            let text = |name: &str| kind[name].as_str().unwrap_or_default();
            let schema = strict(definition, definitions, &mut vec![name.clone()]);
            write(text("group"), text("version"), text("kind"), &schema)?;
        }
    }
    let text = external.read("config/crds/bases/external-secrets.io_externalsecrets.yaml")?;
    let resource: Value = serde_yaml::from_str(&text)?;
    for served in resource["spec"]["versions"].as_array().into_iter().flatten() {
        let schema = strict(&served["schema"]["openAPIV3Schema"], definitions, &mut Vec::new());
        let version = served["name"].as_str().unwrap_or_default();
        write("external-secrets.io", version, "ExternalSecret", &schema)?;
    }
    fs::write(folder.join("complete"), "")?;
    Ok(folder)
}

/// The schema with all that it refers to in its place, no field beyond those that it names, and no prose.
fn strict(schema: &Value, definitions: &Map<String, Value>, within: &mut Vec<String>) -> Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/definitions/"));
    if let Some(name) = name {
        // What holds itself is not followed.
        if within.iter().any(|outer| outer == name) {
            return json!({});
        }
        within.push(name.to_owned());
        let found = definitions.get(name).map_or(json!({}), |found| strict(found, definitions, within));
        within.pop();
        return found;
    }
    let any_of =
        |types: &[&str]| json!({ "oneOf": types.iter().map(|one| json!({"type": one})).collect::<Vec<_>>() });
    let is_quantity = within.last().is_some_and(|name| name.ends_with(".Quantity"));
    if is_quantity {
        return any_of(&["string", "number", "null"]);
    }
    if schema["format"] == "int-or-string" || schema["x-kubernetes-int-or-string"] == true {
        return any_of(&["string", "integer", "null"]);
    }
    let mut made = Map::new();
    for name in ["required", "enum", "format", "pattern"] {
        if let Some(value) = schema.get(name) {
            made.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(kind) = schema["type"].as_str() {
        made.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(items) = schema.get("items") {
        made.insert("items".to_owned(), strict(items, definitions, within));
    }
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        made.insert("additionalProperties".to_owned(), strict(values, definitions, within));
    }
    if let Some(properties) = schema["properties"].as_object().filter(|_| schema["properties"] != json!({})) {
        let made_properties: Map<String, Value> = properties
            .iter()
            .map(|(name, property)| (name.clone(), strict(property, definitions, within)))
            .collect();
        made.insert("properties".to_owned(), Value::Object(made_properties));
        made.entry("additionalProperties").or_insert(json!(false));
    }
    Value::Object(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_whole_and_strict() {
        let definitions = json!({
            "Pod": {"type": "object", "properties": {"spec": {"$ref": "#/definitions/Spec"}, "labels": {
                "type": "object", "additionalProperties": {"type": "string"}}}},
            "Spec": {"description": "prose", "properties": {"again": {"$ref": "#/definitions/Spec"}}},
        });
        let definitions = definitions.as_object().unwrap();
        let expected = json!({
            "type": ["object", "null"],
            "additionalProperties": false,
            "properties": {
                "labels": {"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}},
                "spec": {"properties": {"again": {}}, "additionalProperties": false},
            },
        });
        assert_eq!(strict(&definitions["Pod"], definitions, &mut Vec::new()), expected);
    }
}
