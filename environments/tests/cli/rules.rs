use serde_json::Value;

use crate::program::Project;

#[test]
fn rules_are_listed_and_each_has_its_manual() {
    let project = Project::new();
    let listing = project.run(&["rules"]).succeeds();
    for line in listing.lines() {
        let name = line.split_whitespace().next().unwrap();
        let manual = project.run(&["rules", name]).succeeds();
        assert!(
            manual.starts_with(&format!("# {name} (")) && manual.contains("## Why is this bad?"),
            "{manual}"
        );
    }
    project.run(&["rules", "latest-image-tg"]).fails(2, "did you mean `latest-image-tag`?");
}

#[test]
fn rules_are_listed_by_what_they_are() {
    let project = Project::new();
    let listing = project.run(&["rules", "--category", "practice,form", "--severity", "warning"]).succeeds();
    for line in listing.lines() {
        let is_meant = (line.contains(" practice ") || line.contains(" form ")) && line.contains(" warning");
        assert!(is_meant, "{line}");
    }
    let optional = project.run(&["rules", "--optional"]).succeeds();
    assert!(optional.lines().all(|line| line.contains(", optional ")), "{optional}");
    assert!(optional.lines().any(|line| line.starts_with("cpu-limit ")), "{optional}");
    assert_eq!(
        project.run(&["rules", "--category", "form", "--severity", "info", "--optional"]).succeeds(),
        "no rule is like that; `infragen rules` lists all\n"
    );
    project.run(&["rules", "cpu-limit", "--optional"]).fails(2, "cannot be used with");
    project.run(&["rules", "--category", "practise"]).fails(2, "a similar value exists: 'practice'");
}

#[test]
fn programs_read_the_same_rules() {
    let project = Project::new();
    let all: Value = serde_json::from_str(&project.run(&["rules", "--output", "json"]).succeeds()).unwrap();
    assert_eq!(all.as_array().unwrap().len(), project.run(&["rules"]).succeeds().lines().count());
    let one = project.run(&["rules", "cpu-limit", "--output", "json"]).succeeds();
    let one: Value = serde_json::from_str(&one).unwrap();
    assert_eq!((&one["rule"], &one["optional"]), (&"cpu-limit".into(), &true.into()));
    assert!(all.as_array().unwrap().contains(&one), "{one}");
}
