//! From a CustomResourceDefinition to the kinds that it defines.

use anyhow::Context as _;
use serde_json::Value;

use super::schema::{Field, Kind, Shape, Type, Version};

/// Takes in every version that the definition serves.
pub(super) fn definition(definition: &Value, version: &mut Version) -> anyhow::Result<()> {
    let spec = &definition["spec"];
    let text = |value: &Value| value.as_str().map(str::to_owned).context("the definition lacks a name");
    let (group, kind) = (text(&spec["group"])?, text(&spec["names"]["kind"])?);
    for served in spec["versions"].as_array().into_iter().flatten().filter(|one| one["served"] == true) {
        let api_version = format!("{group}/{}", text(&served["name"])?);
        let name = format!("{api_version}/{kind}");
        let mut schema = served["schema"]["openAPIV3Schema"].clone();
        // What each object has is said by Kubernetes, not by the definition.
        schema["properties"]["metadata"] = Value::Null;
        object(&schema, &name, version);
        if let Some(root) = version.definitions.get_mut(&name) {
            let metadata = Type::Definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta".to_owned());
            root.insert("metadata".to_owned(), Field { kind: metadata, required: false });
        }
        let namespaced = spec["scope"] == "Namespaced";
        version.kinds.insert((kind.clone(), api_version), Kind { definition: name, namespaced, list: false });
    }
    Ok(())
}

/// Takes in an object's fields as a definition of that name.
fn object(schema: &Value, name: &str, version: &mut Version) {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = schema["properties"].as_object().into_iter().flatten();
    let shape: Shape = fields
        .map(|(field, schema)| {
            // A default stands in for what is missing.
            let required = required.contains(&field.as_str()) && schema["default"].is_null();
            let kind = kind(schema, &format!("{name}.{field}"), version);
            (field.clone(), Field { kind, required })
        })
        .collect();
    version.definitions.insert(name.to_owned(), shape);
}

fn kind(schema: &Value, name: &str, version: &mut Version) -> Type {
    if schema["x-kubernetes-int-or-string"] == true {
        return Type::IntOrString;
    }
    if let Some(values) = schema["enum"].as_array() {
        let texts: Option<Vec<String>> = values.iter().map(|one| one.as_str().map(str::to_owned)).collect();
        return texts.map_or(Type::Any, Type::Enum);
    }
    let text = |name: &str| schema[name].as_str().unwrap_or_default();
    match (text("type"), text("format")) {
        ("string", "date-time") => Type::Time,
        ("string", "byte") => Type::Bytes,
        ("string", _) => Type::String,
        ("boolean", _) => Type::Boolean,
        ("integer", "int32") => Type::Int32,
        ("integer", _) => Type::Int64,
        ("number", _) => Type::Number,
        ("array", _) => Type::Array(Box::new(kind(&schema["items"], name, version))),
        ("object", _) if schema["additionalProperties"].is_object() => {
            Type::Map(Box::new(kind(&schema["additionalProperties"], name, version)))
        }
        ("object", _) if schema["x-kubernetes-preserve-unknown-fields"] == true => Type::Object,
        ("object", _) if schema["properties"].is_object() => {
            object(schema, name, version);
            Type::Definition(name.to_owned())
        }
        ("object", _) => Type::Object,
        _ => Type::Any,
    }
}
