//! One operation, in the making.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::routes::v1::Parameter;

/// What a problem's status is called in the document, and what it means.
const PROBLEMS: [(&str, &str, &str); 9] = [
    (
        "400",
        "Malformed",
        "A parameter is unknown, there twice, or malformed. `errors` has all that is wrong.",
    ),
    ("401", "NoToken", "There is no token, or it is not taken."),
    ("403", "NoRole", "The token lacks a role."),
    ("406", "NotAcceptable", "What is accepted is neither JSON nor CSV."),
    (
        "422",
        "Contradiction",
        "Parameters are well-formed, and cannot be answered. `errors` has all that is wrong.",
    ),
    ("429", "TooMany", "Too many requests: `Retry-After` says when to ask again."),
    ("500", "Failed", "The service or the database failed."),
    ("503", "Busy", "The database cannot be reached, or is busy: ask again."),
    ("504", "Late", "The database did not answer in time."),
];

/// An operation, in the making.
pub(in crate::routes) struct Operation {
    value: Map<String, Value>,
    responses: Map<String, Value>,
}

impl Operation {
    /// An operation that needs a token.
    pub(in crate::routes) fn new(id: &str, summary: &str) -> Operation {
        let mut value = Map::new();
        value.insert("operationId".into(), id.into());
        value.insert("summary".into(), summary.into());
        value.insert("security".into(), json!([{ "bearer": [] }, {}]));
        value.insert("tags".into(), json!([if id.starts_with("old") { "As before" } else { "Reports" }]));
        Operation { value, responses: Map::new() }
    }

    /// Says more.
    pub(in crate::routes) fn about(mut self, text: &str) -> Operation {
        self.value.insert("description".into(), text.into());
        self
    }

    /// It tells of single users.
    pub(in crate::routes) fn personal(mut self) -> Operation {
        let about = self.value.get("description").and_then(Value::as_str).unwrap_or_default();
        let about = format!("{about} This is personal data: it needs the role `admin`.");
        self.value.insert("description".into(), about.trim_start().into());
        self
    }

    /// It needs no token.
    pub(in crate::routes) fn open(mut self) -> Operation {
        self.value.insert("security".into(), json!([]));
        self.value.insert("tags".into(), json!(["The service"]));
        self
    }

    /// It reads these parameters, and refuses others.
    pub(in crate::routes) fn parameters(mut self, parameters: &[&Parameter]) -> Operation {
        let parameter = |parameter: &&Parameter| {
            let mut value = json!({
                "name": parameter.name,
                "in": "query",
                "description": parameter.about,
                "schema": (parameter.schema)(),
            });
            let examples = parameter.examples.iter().map(|text| {
                let number = text.parse::<i64>().map(Value::from);
                ((*text).to_owned(), json!({ "value": number.unwrap_or_else(|_| (*text).into()) }))
            });
            let examples: Map<String, Value> = examples.collect();
            if !examples.is_empty() {
                value["examples"] = examples.into();
            }
            value
        };
        self.value.insert("parameters".into(), parameters.iter().map(parameter).collect());
        self.problem("400").problem("422")
    }

    /// It answers `T` as JSON, named by a tag.
    pub(in crate::routes) fn json<T: JsonSchema>(
        self,
        schemas: &mut SchemaGenerator,
        example: Value,
    ) -> Operation {
        let schema = schemas.subschema_for::<T>();
        let mut operation = self.answer("application/json", schema.as_value(), Some(example));
        operation.responses["200"]["headers"] = json!({
            "ETag": header("The name of these bytes, for `If-None-Match`."),
            "Cache-Control": header("Ask again each time."),
        });
        operation.response("304", json!({ "description": "What `If-None-Match` names is what there is." }))
    }

    /// It reports `T`, as JSON or as CSV.
    pub(in crate::routes) fn report<T: JsonSchema>(
        self,
        schemas: &mut SchemaGenerator,
        example: Value,
    ) -> Operation {
        self.json::<T>(schemas, example).problem("406").failing()
    }

    /// It reports CSV too.
    pub(in crate::routes) fn csv(mut self, example: &str) -> Operation {
        let schema = json!({ "type": "string" });
        self.responses["200"]["content"]["text/csv"] = json!({ "schema": schema, "example": example });
        self
    }

    /// It has pages.
    pub(in crate::routes) fn paged(mut self) -> Operation {
        self.responses["200"]["headers"]["Link"] =
            header("The next page, if there is one: `<…>; rel=\"next\"`.");
        self
    }

    /// It answers `schema` as `kind`.
    pub(in crate::routes) fn answer(self, kind: &str, schema: &Value, example: Option<Value>) -> Operation {
        let mut content = json!({ "schema": schema });
        if let Some(example) = example {
            content["example"] = example;
        }
        self.response("200", json!({ "description": "The answer.", "content": { kind: content } }))
    }

    /// It may fail as all do that ask the database for somebody.
    pub(in crate::routes) fn failing(self) -> Operation {
        ["401", "403", "429", "500", "503", "504"].into_iter().fold(self, Operation::problem)
    }

    /// It answers so.
    pub(in crate::routes) fn response(mut self, status: &str, response: Value) -> Operation {
        self.responses.insert(status.to_owned(), response);
        self
    }

    fn problem(self, status: &str) -> Operation {
        let name = PROBLEMS.iter().find(|(known, ..)| *known == status).map_or("Failed", |(_, name, _)| name);
        self.response(status, json!({ "$ref": format!("#/components/responses/{name}") }))
    }

    /// The operation, as the document has it.
    pub(in crate::routes) fn into_value(mut self) -> Value {
        self.value.insert("responses".into(), self.responses.into());
        self.value.into()
    }
}

fn header(about: &str) -> Value {
    json!({ "description": about, "schema": { "type": "string" } })
}

/// The responses that operations name.
pub(super) fn problems(schema: &Schema) -> Value {
    let response = |(status, name, about): &(&str, &str, &str)| {
        let example = json!({
            "type": "about:blank",
            "title": rocket::http::Status::new(status.parse().unwrap_or(500)).reason_lossy(),
            "status": status.parse::<u16>().unwrap_or(500),
            "detail": about,
            "instance": "/api/v1/reports/daily-usage",
            "request_id": "0f3c9a4e5b6d7081-42",
        });
        let content = json!({ "application/problem+json": { "schema": schema, "example": example } });
        let mut response = json!({ "description": about, "content": content });
        match *status {
            "401" => response["headers"] = json!({ "WWW-Authenticate": header("How to ask, RFC 6750.") }),
            "429" | "503" => response["headers"] = json!({ "Retry-After": header("Seconds to wait.") }),
            _ => {}
        }
        ((*name).to_owned(), response)
    };
    PROBLEMS.iter().map(response).collect::<Map<String, Value>>().into()
}
