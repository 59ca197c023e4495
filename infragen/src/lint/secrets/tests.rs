use std::path::Path;

use super::{excerpt, kept_at, masked, without};
use crate::node::FieldPath;
use crate::read;

/// What is shown of a field's line, and what is underlined.
fn shown(text: &str, path: &str) -> (String, String) {
    let document = read::file(Path::new("a.yaml"), text.as_bytes()).unwrap().documents.remove(0);
    let excerpt = excerpt(&document, &FieldPath::parse(path)).unwrap();
    let part = excerpt.line.chars().skip(excerpt.start).take(excerpt.length).collect();
    (excerpt.line.trim().to_owned(), part)
}

#[test]
fn a_line_shows_no_secret() {
    let pod = |env: &str| format!("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n{env}");
    let secret = |data: &str| format!("apiVersion: v1\nkind: Secret\n{data}");
    let cases = [
        (secret("data:\n  a: Y2FuYXJ5 # why\n"), "data.a", "a: •••", "•••"),
        (
            secret("stringData: {a: canary, b: 'can''ary'}\n"),
            "stringData.b",
            "stringData: {a: •••, b: •••}",
            "•••",
        ),
        (secret("stringData: {a: \"can\\\"ary\", b: 1}\ntype: x\n"), "type", "type: x", "x"),
        (secret("stringData: {a: canary}\ntypo: {b: c}\n"), "stringData", "stringData: {a: •••}", "{a: •••}"),
        (
            pod("    - {name: DB_PASSWORD, value: canary, valu: x}\n"),
            "spec.containers[0].env[0].valu",
            "- {name: DB_PASSWORD, value: •••, valu: x}",
            "x",
        ),
        (
            pod("    - value: canary, of yellow\n      name: API_TOKEN\n"),
            "spec.containers[0].env[0].name",
            "name: API_TOKEN",
            "API_TOKEN",
        ),
        (
            pod("    - value: canary, of yellow\n      name: API_TOKEN\n"),
            "spec.containers[0].env[0].other",
            "- value: •••",
            "value",
        ),
        (
            pod("    - {name: PORT, value: 80}\n"),
            "spec.containers[0].env[0].value",
            "- {name: PORT, value: 80}",
            "80",
        ),
        (
            "kind: A\nspec: {secret: {secretName: web}, b: c}\n".to_owned(),
            "spec.secret.secretName",
            "spec: {secret: {secretName: web}, b: c}",
            "web",
        ),
        (
            "kind: A\nspec: {password: canary, b: c}\n".to_owned(),
            "spec.b",
            "spec: {password: •••, b: c}",
            "c",
        ),
    ];
    for (text, path, line, part) in cases {
        assert_eq!(shown(&text, path), (line.to_owned(), part.to_owned()), "{path} of\n{text}");
    }
}

#[test]
fn a_message_repeats_no_secret() {
    let text = "kind: Secret\napiVersion: v1\nstringData: {pin: 1234, long: canary-bird}\n";
    let document = read::file(Path::new("a.yaml"), text.as_bytes()).unwrap().documents.remove(0);
    let told =
        |path: &str, message: &str| without(message.to_owned(), &kept_at(&document, &FieldPath::parse(path)));
    assert_eq!(told("stringData.pin", "`a.1234` is the number `1234`"), "`a.1234` is the number `•••`");
    assert_eq!(told("stringData.long", "not canary-bird"), "not •••");
    assert_eq!(told("kind", "it is `Secret`"), "it is `Secret`");
}

#[test]
fn a_text_is_masked_whole() {
    let text = "kind: Secret\napiVersion: v1\nstringData:\n  a: |\n    canary\n    bird\n  b: \"can\n    ary\"\nx: y\n";
    let documents = read::file(Path::new("a.yaml"), text.as_bytes()).unwrap().documents;
    assert_eq!(
        masked(text, &documents),
        "kind: Secret\napiVersion: v1\nstringData:\n  a: |\n    •••\n  b: •••\nx: y\n"
    );
}
