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
