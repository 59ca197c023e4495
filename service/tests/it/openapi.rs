//! `GET /openapi.json`, its copy in the repository, and the command that prints it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Backend, Program, SECRET, command, token};

#[test]
fn the_copy_is_what_is_served_and_printed() {
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let copy = fs::read_to_string(copy).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let printed = command(folder.path(), &[]).arg("openapi").output().unwrap();
    assert!(printed.status.success());
    let mend = "cargo run -p service -- openapi > service/openapi.json";
    assert!(String::from_utf8(printed.stdout).unwrap() == copy, "the copy is old: {mend}");

    let answer = Backend::Sqlite.with("").program.get("/openapi.json");
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")));
    assert!(answer.body == copy, "the copy is old: {mend}");
}

/// Every reference leads somewhere, and every example is what its schema says.
#[test]
fn it_is_sound() {
    let answer = Backend::Sqlite.with("").program.get("/openapi.json");
    let document: Value = serde_json::from_str(&answer.body).unwrap();
    let mut examples = Vec::new();
    walk(&document, "", &mut |place, value| {
        if let Some(reference) = value["$ref"].as_str() {
            assert!(document.pointer(&reference[1..]).is_some(), "{place}: {reference}");
        }
        if value["example"] != Value::Null || value["examples"] != Value::Null {
            examples.push(place.to_owned());
        }
    });
    assert!(examples.len() > 20, "{examples:?}");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.set_default_draft(boon::Draft::V2020_12);
    let address = "http://localhost/openapi.json";
    compiler.add_resource(address, document.clone()).unwrap();
    for place in examples {
        let schema = compiler.compile(&format!("{address}#{place}/schema"), &mut schemas).unwrap();
        let holder = document.pointer(&place).unwrap();
        let one = holder.get("example").into_iter();
        let many = holder["examples"].as_object().into_iter().flat_map(|many| many.values());
        for example in one.chain(many.map(|example| &example["value"])) {
            let verdict = schemas.validate(example, schema);
            assert!(verdict.is_ok(), "{place}: {}", verdict.unwrap_err());
        }
    }
}

/// Whoever reads the document knows who may ask for what.
#[test]
fn it_tells_who_may_ask() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("AUTH_MODE", "jwt".to_owned()), ("SHARED_JWT_SECRET", SECRET.to_owned())];
    let program = Program::start(folder.path(), &variables);
    let document: Value = serde_json::from_str(&program.get("/openapi.json").body).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["get"];
        let open = operation["security"] == Value::Array(Vec::new());
        let personal = operation["description"].as_str().is_some_and(|about| about.contains("personal data"));
        let refused = operation["responses"]["401"].is_object() && operation["responses"]["403"].is_object();
        assert_eq!(open, !refused, "{path}");
        let operators = operation["description"].as_str().is_some_and(|about| about.contains("role `ops`"));
        let analyst = format!("Authorization: Bearer {}\r\n", token(SECRET, "ada", &["analyst"]));
        let admin = format!("Authorization: Bearer {}\r\n", token(SECRET, "bo", &["admin"]));
        for (headers, expected) in [
            ("", if open { 200 } else { 401 }),
            (&analyst, if personal || operators { 403 } else { 200 }),
            (&admin, if operators { 403 } else { 200 }),
        ] {
            assert_eq!(program.send("GET", path, headers).status, expected, "{path} {headers}");
        }
    }
}

fn walk(value: &Value, place: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(place, value);
    let below = |key: &str| format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| walk(value, &below(key), visit)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| walk(value, &below(&at.to_string()), visit));
        }
        _ => {}
    }
}
