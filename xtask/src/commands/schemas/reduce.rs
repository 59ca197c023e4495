//! From Kubernetes' OpenAPI document to [`Version`].

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::schema::{Field, Kind, Shape, Type, Version};

/// Takes in every kind that can be created, its list, and the definitions that they are made of.
pub(super) fn openapi(document: &Value, version: &mut Version) -> anyhow::Result<()> {
    let paths = document["paths"].as_object().context("the document has no paths")?;
    for (path, operations) in paths {
        let post = &operations["post"];
        let group = &post["x-kubernetes-group-version-kind"];
        if group.is_null() || path.contains("{name}") {
            continue;
        }
        let api_version = api_version(group);
        let kind = group["kind"].as_str().unwrap_or_default();
        let Some(body) = body(post) else { continue };
        let list = format!("{body}List");
        let namespaced = path.contains("{namespace}");
        if document["definitions"].get(&list).is_some() {
            let entry = Kind { definition: list, namespaced: false, list: true };
            version.kinds.insert((format!("{kind}List"), api_version.clone()), entry);
        }
        let entry = Kind { definition: body, namespaced, list: false };
        version.kinds.insert((kind.to_owned(), api_version), entry);
    }
    let mut wanted: Vec<String> = version.kinds.values().map(|kind| kind.definition.clone()).collect();
    let mut seen: BTreeSet<String> = wanted.iter().cloned().collect();
    while let Some(name) = wanted.pop() {
        let shape = shape(document, &name)?;
        for field in shape.values() {
            if let Some(name) = definition_of(&field.kind)
                && seen.insert(name.to_owned())
            {
                wanted.push(name.to_owned());
            }
        }
        version.definitions.insert(name, shape);
    }
    Ok(())
}

fn api_version(group: &Value) -> String {
    let part = |name: &str| group[name].as_str().unwrap_or_default();
    match part("group") {
        "" => part("version").to_owned(),
        group => format!("{group}/{}", part("version")),
    }
}

/// The definition of what is posted.
fn body(post: &Value) -> Option<String> {
    let body = post["parameters"].as_array()?.iter().find(|parameter| parameter["in"] == "body")?;
    reference(&body["schema"]).map(str::to_owned)
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/definitions/")
}

fn definition_of(kind: &Type) -> Option<&str> {
    match kind {
        Type::Definition(name) | Type::DefinitionOrElse(name) => Some(name),
        Type::Array(item) | Type::Map(item) => definition_of(item),
        _ => None,
    }
}

fn shape(document: &Value, name: &str) -> anyhow::Result<Shape> {
    let definition = &document["definitions"][name];
    let fields = definition["properties"].as_object().with_context(|| format!("`{name}` has no fields"))?;
    let required: Vec<&str> =
        definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    fields
        .iter()
        .map(|(field, schema)| {
            let kind = kind(document, schema).with_context(|| format!("`{field}` of `{name}`"))?;
            Ok((field.clone(), Field { kind, required: required.contains(&field.as_str()) }))
        })
        .collect()
}

fn kind(document: &Value, schema: &Value) -> anyhow::Result<Type> {
    if let Some(name) = reference(schema) {
        return referred(document, name);
    }
    let text = |name: &str| schema[name].as_str().unwrap_or_default();
    Ok(match (text("type"), text("format")) {
        ("string", "") => Type::String,
        ("string", "byte") => Type::Bytes,
        ("string", "date-time") => Type::Time,
        ("string", "int-or-string") => Type::IntOrString,
        ("boolean", _) => Type::Boolean,
        ("integer", "int32") => Type::Int32,
        ("integer", _) => Type::Int64,
        ("number", _) => Type::Number,
        ("array", _) => Type::Array(Box::new(kind(document, &schema["items"])?)),
        ("object", _) if schema["additionalProperties"].is_object() => {
            Type::Map(Box::new(kind(document, &schema["additionalProperties"])?))
        }
        ("object", _) => Type::Object,
        ("", "") => Type::Any,
        (kind, format) => bail!("the type `{kind}` with the format `{format}` is not known"),
    })
}

/// What a reference leads to: a definition with fields, or a type that has a name.
fn referred(document: &Value, name: &str) -> anyhow::Result<Type> {
    const SCHEMA: &str = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";
    if let Some(or) = name.strip_prefix(SCHEMA)
        && or.starts_with("Or")
    {
        return Ok(Type::DefinitionOrElse(SCHEMA.to_owned()));
    }
    if name == "io.k8s.apimachinery.pkg.api.resource.Quantity" {
        return Ok(Type::Quantity);
    }
    let definition = &document["definitions"][name];
    if definition.is_null() {
        bail!("there is no definition `{name}`");
    }
    if definition["properties"].is_object() {
        return Ok(Type::Definition(name.to_owned()));
    }
    kind(document, definition)
}
