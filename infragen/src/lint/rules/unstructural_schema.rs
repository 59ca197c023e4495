use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::misfit::show;
use crate::lint::view::{Object, schemas};
use crate::node::{FieldPath, Node, Value};
use crate::schema::custom::takes_default;

declare_rule! {
    /// Flags schemas of custom kinds that do not say the type of each field, or say it where it cannot be told from a condition.
    ///
    /// ## Why is this bad?
    /// The API server refuses the CustomResourceDefinition: it could not cut unknown fields nor fill in defaults.
    ///
    /// ## Fields
    /// `spec.versions[].schema.openAPIV3Schema` of CustomResourceDefinitions.
    ///
    /// ## Allowed values
    /// A `type` for each field and item, unless `x-kubernetes-int-or-string` or `x-kubernetes-preserve-unknown-fields` is `true`;
    /// `object` at the root; `items` for arrays; neither types nor defaults in `anyOf`, `allOf`, `oneOf` and `not`;
    /// `x-kubernetes-list-type` in arrays alone, with keys of a `map` that its items have, and always; defaults that the
    /// field takes.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec: {versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {spec: {properties: {}}}}}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec: {versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}}]}
    /// ```
    UNSTRUCTURAL_SCHEMA = {
        id: "unstructural-schema",
        category: Admission,
        severity: Error,
        look: Object(&["CustomResourceDefinition"], unstructural_schema),
    }
}

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];
const CONDITIONS: [&str; 3] = ["anyOf", "allOf", "oneOf"];
/// What a condition cannot say.
const FORBIDDEN: [&str; 11] = [
    "type",
    "additionalProperties",
    "default",
    "title",
    "description",
    "nullable",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
];
const KEYS: &str = "x-kubernetes-list-map-keys";
/// Schemas that are nested deeper are not looked at.
const DEEPEST: usize = 200;

fn unstructural_schema(object: &Object<'_>, findings: &mut Findings<'_>) {
    for (path, schema) in schemas(object).filter(|(_, schema)| schema.value != Value::Null) {
        if !matches!(schema.text_at(&["type"]), None | Some("object")) {
            findings.report(path.field("type"), "an object is no object").help("set `type: object`");
        }
        look_at(schema, &path, 0, findings);
    }
}

fn look_at(schema: &Node, path: &FieldPath, depth: usize, findings: &mut Findings<'_>) {
    if depth > DEEPEST {
        return;
    }
    let is_true = |name: &str| schema.get(name).and_then(Node::as_bool) == Some(true);
    let kind = schema.text_at(&["type"]).unwrap_or_default();
    let either = is_true("x-kubernetes-int-or-string");
    if kind.is_empty() && !either && !is_true("x-kubernetes-preserve-unknown-fields") {
        findings.report(path.field("type"), "the field has no type").help("set `type`");
    } else if !kind.is_empty() && !TYPES.contains(&kind) {
        let help = format!("use one of `{}`", TYPES.join("`, `"));
        findings.report(path.field("type"), format!("`{kind}` is no type")).help(help);
    }
    let report = |findings: &mut Findings<'_>, name: &str, message: &str, help: &str| {
        findings.report(path.field(name), message).help(help);
    };
    let items = schema.get("items").filter(|items| matches!(items.value, Value::Mapping(_)));
    if kind == "array" && items.is_none() {
        report(findings, "items", "the array does not say what its items are", "set `items` to a schema");
    }
    if schema.get("x-kubernetes-preserve-unknown-fields").and_then(Node::as_bool) == Some(false) {
        report(findings, "x-kubernetes-preserve-unknown-fields", "it can be `true` alone", "remove it");
    }
    let list = schema.text_at(&["x-kubernetes-list-type"]);
    if list.is_some_and(|list| kind != "array" || !matches!(list, "atomic" | "set" | "map")) {
        report(
            findings,
            "x-kubernetes-list-type",
            "this is no array, or no way to keep one",
            "use `atomic`, `set` or `map`",
        );
    }
    look_at_keys(schema, list, items, path, findings);
    let is_embedded = is_true("x-kubernetes-embedded-resource");
    if is_embedded && kind.is_empty() {
        report(findings, "type", "the object within the object has no type", "set `type: object`");
    }
    if is_embedded
        && !is_true("x-kubernetes-preserve-unknown-fields")
        && schema.get("properties").is_none_or(|properties| properties.fields().is_empty())
    {
        let help = "set `x-kubernetes-preserve-unknown-fields: true`, or name its `properties`";
        report(findings, "properties", "the object within the object has no fields", help);
    }
    let default = schema.get("default").filter(|default| default.value != Value::Null);
    if let Some(default) = default.filter(|default| !takes_default(schema, default)) {
        report(
            findings,
            "default",
            &format!("{} does not fit its field", show(default)),
            "change it, or the field's type or bounds",
        );
    }
    for (name, path, condition) in conditions(schema, path) {
        // Whoever takes a number or a text says so in this way.
        let is_said = either && name == "anyOf" && is_int_or_string(schema);
        if !is_said {
            look_at_condition(condition, &path, depth + 1, findings);
        }
    }
    for field in schema.get("properties").map_or(&[][..], Node::fields) {
        look_at(&field.node, &path.field("properties").field(&field.name), depth + 1, findings);
    }
    for name in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get(name).filter(|inner| matches!(inner.value, Value::Mapping(_))) {
            look_at(inner, &path.field(name), depth + 1, findings);
        }
    }
}

/// A condition, and those of the fields that it names.
fn look_at_condition(condition: &Node, path: &FieldPath, depth: usize, findings: &mut Findings<'_>) {
    if depth > DEEPEST {
        return;
    }
    let is_said = |name: &&&str| condition.get(name).is_some_and(|said| said.value != Value::Null);
    for name in FORBIDDEN.iter().filter(is_said) {
        findings
            .report(path.field(name), format!("a condition cannot say the field's `{name}`"))
            .help("say it in the schema itself");
    }
    for field in condition.get("properties").map_or(&[][..], Node::fields) {
        let path = path.field("properties").field(&field.name);
        look_at_condition(&field.node, &path, depth + 1, findings);
    }
    if let Some(items) = condition.get("items") {
        look_at_condition(items, &path.field("items"), depth + 1, findings);
    }
    for (_, path, inner) in conditions(condition, path) {
        look_at_condition(inner, &path, depth + 1, findings);
    }
}

/// The keys by which the items of a list are told apart.
fn look_at_keys(
    schema: &Node,
    list: Option<&str>,
    items: Option<&Node>,
    path: &FieldPath,
    findings: &mut Findings<'_>,
) {
    let keys = schema.get(KEYS).map_or(&[][..], Node::items);
    if (list == Some("map")) == keys.is_empty() {
        findings
            .report(path.field(KEYS), "a list that is a map has keys, and no other has")
            .help("set `x-kubernetes-list-type: map` and its keys, or neither");
    }
    let Some(items) = items else { return };
    if list == Some("set") && items.text_at(&["type"]) == Some("object") {
        if items.text_at(&["x-kubernetes-map-type"]) != Some("atomic") {
            findings
                .report(
                    path.fields(&["items", "x-kubernetes-map-type"]),
                    "the items of a set are not kept whole",
                )
                .help("set `x-kubernetes-map-type: atomic`");
        }
        return;
    }
    if list != Some("map") {
        return;
    }
    if items.text_at(&["type"]).is_some_and(|kind| kind != "object") {
        findings
            .report(path.fields(&["items", "type"]), "the items of a map are no objects")
            .help("set `type: object`, or another `x-kubernetes-list-type`");
    }
    let required = items.get("required").map_or(&[][..], Node::items);
    for (index, key) in keys.iter().enumerate() {
        let name = key.as_text().unwrap_or_default();
        let field = items.get("properties").and_then(|properties| properties.get(name));
        let is_always_there = |field: &Node| {
            let default = field.get("default").is_some_and(|default| default.value != Value::Null);
            default || required.iter().any(|required| required.as_str() == Some(name))
        };
        let (message, help) = match field {
            None => (format!("the items have no field `{name}`"), "name one of their `properties`"),
            Some(_) if keys[..index].iter().any(|earlier| earlier == key) => {
                (format!("`{name}` stands here twice"), "remove one")
            }
            Some(field) if !is_always_there(field) => {
                (format!("`{name}` may be missing from an item"), "make it `required`, or give it a default")
            }
            Some(_) => continue,
        };
        findings.report(path.field(KEYS).index(index), message).help(help);
    }
}

/// The conditions of a schema: the field that each stands in, and the way to it.
fn conditions<'n>(
    schema: &'n Node,
    path: &FieldPath,
) -> impl Iterator<Item = (&'static str, FieldPath, &'n Node)> {
    let lists = CONDITIONS.into_iter().flat_map(move |name| {
        let items = schema.get(name).map_or(&[][..], Node::items);
        items.iter().enumerate().map(move |(index, item)| (name, path.field(name).index(index), item))
    });
    lists.chain(schema.get("not").map(|not| ("not", path.field("not"), not)))
}

fn is_int_or_string(schema: &Node) -> bool {
    fn alone(one: &Node) -> Option<&str> {
        one.text_at(&["type"]).filter(|_| one.fields().len() == 1)
    }
    let types = schema.get("anyOf").map_or(&[][..], Node::items);
    types.iter().map(alone).eq([Some("integer"), Some("string")])
}

#[cfg(test)]
mod tests {
    use super::UNSTRUCTURAL_SCHEMA;
    use crate::lint::testing::finds;

    #[test]
    fn types_are_said_in_the_schema_itself() {
        let cases = [
            ("type: string", false),
            ("type: text", true),
            ("x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]", false),
            ("x-kubernetes-int-or-string: true, anyOf: [{type: string}, {type: integer}]", true),
            ("type: array", true),
            ("type: array, items: {type: string}, x-kubernetes-list-type: set", false),
            ("type: array, items: {type: object}, x-kubernetes-list-type: set", true),
            (
                "type: array, items: {type: object, x-kubernetes-map-type: atomic}, x-kubernetes-list-type: set",
                false,
            ),
            ("type: array, items: {type: object}, x-kubernetes-list-type: map", true),
            ("type: string, enum: [], default: a", false),
            ("type: integer, minimum: 1, default: 0", true),
            ("type: integer, default: 1", false),
            ("type: string, oneOf: [{pattern: a}, {type: string}]", true),
            ("type: object, x-kubernetes-preserve-unknown-fields: false", true),
            ("type: object, not: {properties: {a: {enum: [x]}}}", false),
            ("type: object, not: {properties: {a: {enum: [x], type: string}}}", true),
            ("type: object, anyOf: [{not: {additionalProperties: {enum: [x]}}}]", true),
            ("type: string, enum: [a, b], default: c", true),
            ("type: object, default: {b: 1}, properties: {b: {type: integer}}", false),
            ("type: object, default: {b: 1, c: 1}, properties: {b: {type: integer}}", true),
            ("type: object, x-kubernetes-embedded-resource: true", true),
            (
                "type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true",
                false,
            ),
            (
                "type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: {type: object, \
                 required: [b], properties: {b: {type: string}}}",
                false,
            ),
            (
                "type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: {type: object, \
                 properties: {b: {type: string}}}",
                true,
            ),
            (
                "type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [c], items: {type: object, \
                 required: [c], properties: {b: {type: string}}}",
                true,
            ),
        ];
        for (field, expected) in cases {
            let yaml = format!(
                "{{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {{versions: [{{\
                 schema: {{openAPIV3Schema: {{type: object, properties: {{a: {{{field}}}}}}}}}}}]}}}}"
            );
            assert_eq!(finds(&UNSTRUCTURAL_SCHEMA, &yaml), expected, "{field}");
        }
    }
}
