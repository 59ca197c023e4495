use serde_json::Value;

use crate::program::Project;

#[test]
fn environments_are_listed_for_people() {
    let text = Project::new().run(&["list"]).succeeds();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("NAME "), "{text}");
    for name in ["dev ", "staging ", "prod "] {
        assert!(lines.iter().any(|line| line.starts_with(name)), "{text}");
    }
    assert!(text.contains("Deployment/coworking\n") && text.contains("us-east-1)"), "{text}");
    assert!(lines.iter().all(|line| line.trim_end() == *line), "{text}");
}

#[test]
fn environments_are_listed_for_programs() {
    let text = Project::new().run(&["list", "--output", "json"]).succeeds();
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list[2]["name"], "prod");
    assert_eq!(list[2]["namespace"], "coworking");
    assert_eq!(list[2]["region"], "us-east-1");
    assert!(list[2]["objects"].as_u64() > Some(10));
    assert!(list[2]["workloads"].as_array().unwrap().contains(&Value::from("Deployment/coworking")));
}
