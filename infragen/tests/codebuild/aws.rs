//! Projects, webhooks and the repository fit the API's own model, as AWS publishes it in botocore.

use std::io::Write;
use std::process::{Command, Stdio};

use infragen::bundle::Content;

use crate::sample;

/// Reads `[[file, service, operation, input], …]`; prints what does not fit. Botocore itself is lenient about
/// values that an enumeration does not have.
const VALIDATE: &str = r#"
import json, sys
try:
    import botocore.session
    from botocore.validate import ParamValidator
except ImportError:
    sys.exit("No module named botocore")
session = botocore.session.Session()

def enumerations(value, shape, path):
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name in value:
                enumerations(value[name], member, path + "." + name)
    elif shape.type_name == "list":
        for item in value:
            enumerations(item, shape.member, path + "[]")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        print(f"{path}: {value} is none of {shape.enum}")

for file, service, operation, value in json.load(sys.stdin):
    shape = session.get_service_model(service).operation_model(operation).input_shape
    report = ParamValidator().validate(value, shape)
    if report.has_errors():
        print(file, report.generate_report())
    else:
        enumerations(value, shape, file)
"#;

/// The operation that takes a file.
fn operation(file: &str) -> [&'static str; 2] {
    if file.ends_with(".project.json") {
        ["codebuild", "CreateProject"]
    } else if file.ends_with(".webhook.json") {
        ["codebuild", "CreateWebhook"]
    } else {
        ["ecr", "CreateRepository"]
    }
}

#[test]
fn each_input_fits_the_model_of_its_operation() {
    let inputs: Vec<_> = sample::documents(sample::eks())
        .iter()
        .filter_map(|document| {
            let Content::Text(text) = &document.content else { return None };
            let input: serde_json::Value = serde_json::from_str(text).unwrap();
            let file = document.file.display().to_string();
            let [service, operation] = operation(&file);
            Some(serde_json::json!([file, service, operation, input]))
        })
        .collect();
    assert_eq!(inputs.len(), 6);
    let mut python = Command::new("python3")
        .args(["-c", VALIDATE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(serde_json::json!(inputs).to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    if complaint.contains("No module named botocore") {
        eprintln!("skipped: there is no botocore");
        return;
    }
    assert!(output.status.success(), "{complaint}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
}
