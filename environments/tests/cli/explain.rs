use serde_json::Value;

use crate::program::Project;

#[test]
fn a_value_names_its_line_of_rust() {
    let text = Project::new().run(&["explain", "prod", "Deployment/coworking", "limits.memory"]).succeeds();
    let line = text.lines().nth(1).unwrap();
    assert!(
        line.trim_start().starts_with("spec.template.spec.containers[0].resources.limits.memory: 512Mi  "),
        "{text}"
    );
    assert!(line.contains("environments/src/prod.rs:"), "{text}");
    let number: usize = line.rsplit(':').next().unwrap().parse().unwrap();
    let source = include_str!("../../src/prod.rs").lines().nth(number - 1).unwrap();
    assert!(source.contains(".limits("), "{source}");
}

#[test]
fn a_value_names_its_default_or_its_setting() {
    let project = Project::new();
    let text = project.run(&["explain", "prod", "Deployment/coworking"]).succeeds();
    assert!(text.contains("runAsUser: ") && text.contains("  default: "), "{text}");
    let tag = ["explain", "prod", "Deployment/coworking", "image", "--set", "version=9.9.9"];
    let set = project.run(&tag).succeeds();
    assert!(set.contains("coworking-analytics:9.9.9  setting `version` from --set\n"), "{set}");
    project.file("infragen.toml", "version = '8.8.8'");
    let file = project.run(&tag[..4]).succeeds();
    assert!(file.contains("coworking-analytics:8.8.8  setting `version` from infragen.toml\n"), "{file}");
}

#[test]
fn programs_get_the_same() {
    let text = Project::new().run(&["explain", "prod", "coworking", "memory", "--output", "json"]).succeeds();
    let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
    let limit =
        entries.iter().find(|entry| entry["path"].as_str().unwrap().ends_with("limits.memory")).unwrap();
    assert_eq!(limit["object"], "Deployment/coworking");
    assert_eq!(limit["value"], "512Mi");
    assert_eq!(limit["origin"]["from"], "line");
    assert_eq!(limit["origin"]["file"], "environments/src/prod.rs");
}

#[test]
fn what_is_not_there_names_the_nearest() {
    let project = Project::new();
    project.run(&["explain", "prod", "cowrking"]).fails(2, "did you mean `coworking`?");
    project.run(&["explain", "prod", "Deployment/coworking", "memry"]).fails(2, "did you mean `memory`?");
}
