use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use crate::program::{Project, command, in_repository};

const DEPLOYMENT: &str = "generated/prod/kubernetes/130-deployment-coworking.yaml";

#[test]
fn what_is_committed_is_what_a_fresh_render_gives() {
    let run = in_repository(&["render", "--all", "--check"]);
    assert_eq!(run.code, 0, "{}{}", run.output, run.errors);
    assert_eq!(run.output.matches("is up to date").count(), 3, "{}", run.output);
    assert!(run.output.contains("prod: ../../generated/prod is up to date"), "{}", run.output);
}

#[test]
fn files_go_to_the_projects_folder_and_are_counted() {
    let project = Project::new();
    project.file("deep/down/file", "");
    let first = project.run(&["render", "prod", "dev"]).output;
    assert!(first.contains("prod: ") && first.contains(" files written in generated/prod"), "{first}");
    assert!(first.find("dev: ") < first.find("prod: "), "in the team's order: {first}");
    std::fs::remove_file(project.path().join(DEPLOYMENT)).unwrap();
    let again = command(&project.path().join("deep/down"), &["render", "prod"]).output().unwrap();
    let again = String::from_utf8(again.stdout).unwrap();
    assert!(again.starts_with("prod: 1 file written, "), "{again}");
    assert!(again.contains(" unchanged in ../../generated/prod"), "{again}");
    assert!(project.read(DEPLOYMENT).contains("kind: Deployment"));
}

#[test]
fn another_folder_gets_a_folder_for_each_environment() {
    let project = Project::new();
    project.run(&["render", "--all", "--out", "elsewhere", "--format", "json"]);
    for name in ["dev", "staging", "prod"] {
        let namespace =
            std::fs::read_dir(project.path().join("elsewhere").join(name).join("kubernetes")).unwrap();
        let mut names = namespace.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(names.all(|name| name.ends_with(".json")));
    }
    assert!(!project.path().join("generated").exists());
}

#[test]
fn a_check_shows_what_differs_and_how_to_mend_it_and_writes_nothing() {
    let project = Project::new();
    let settings = ["--set", "version=1.2.3"];
    project.run(&[&["render", "prod"][..], &settings].concat());
    let rendered = project.read(DEPLOYMENT);
    let edited = rendered.replace("kind: Deployment", "kind: Deploiement");
    project.file(DEPLOYMENT, &edited);

    let check = project.run(&[&["render", "prod", "--check"][..], &settings].concat());
    check.fails(1, "mend it with: infragen render prod --set version=1.2.3\n");
    assert!(check.errors.contains("prod: 1 file in generated/prod differs from what a fresh render gives\n"));
    assert!(
        check.output.starts_with(&format!("--- a/{DEPLOYMENT}\n+++ b/{DEPLOYMENT}\n@@ ")),
        "{}",
        check.output
    );
    assert!(check.output.contains("\n-kind: Deploiement\n+kind: Deployment\n"), "{}", check.output);
    assert_eq!(project.read(DEPLOYMENT), edited);

    let colored =
        project.run_with(("CLICOLOR_FORCE", "1"), &["render", "prod", "--check", settings[0], settings[1]]);
    assert!(colored.output.contains("\u{1b}[31m-kind: Deploiement\u{1b}[0m"), "{}", colored.output);
    assert!(!check.output.contains('\u{1b}'));
}

#[test]
fn a_check_of_what_was_never_rendered_says_so() {
    let check = Project::new().run(&["render", "dev", "prod", "--check"]);
    check.fails(1, "prod: generated/prod has yet to be rendered\n");
    assert!(check.errors.contains("mend it with: infragen render dev prod\n"), "{}", check.errors);
    assert_eq!(check.output, "");
}

#[test]
fn standard_output_holds_the_objects_and_nothing_else() {
    let project = Project::new();
    let stream = project.run(&["render", "prod", "--stdout"]).output;
    assert!(stream.starts_with("apiVersion: v1\nkind: Namespace\n"), "{stream}");
    let documents: Vec<&str> = stream.split("\n---\n").collect();
    assert!(documents.len() > 10);
    assert!(
        documents.iter().all(|document| document.contains("apiVersion: ") && document.contains("\nkind: "))
    );
    let list = project.run(&["render", "--all", "--stdout", "--format", "json"]).output;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["kind"], "List");
    assert!(list["items"].as_array().unwrap().len() > documents.len());
    assert!(!project.path().join("generated").exists());
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let project = Project::new();
    let mut child = command(project.path(), &["render", "--all", "--stdout"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!(line, "apiVersion: v1\n");
    assert!(!errors.contains("panicked") && !errors.contains("pipe"), "{errors}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn nothing_is_written_while_one_of_the_environments_has_errors() {
    let project = Project::new();
    let run = project.run(&["render", "--all", "--set", "images.coworking-analytcs.tag=1"]);
    run.fails(1, "nothing was written: dev, staging and prod have errors\n");
    assert!(run.errors.contains("did you mean `images.coworking-analytics`?"), "{}", run.errors);
    assert!(!project.path().join("generated").exists());
}

#[test]
fn an_unknown_environment_names_the_nearest() {
    let project = Project::new();
    for command in ["render", "explain"] {
        let run = project.run(&[command, "prd"]);
        run.fails(2, "error: there is no environment `prd`; did you mean `prod`?\nthe environments are: dev, staging, prod\n");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let project = Project::new();
    project.file("file", "");
    project.run(&["render", "prod", "--out", "file"]).fails(2, "file/prod");
    project.run(&["render", "prod", "--out", "/proc"]).fails(2, "cannot write `/proc");
    project.file("generated/prod/mine.yaml", "a: 1\n");
    project.run(&["render", "prod"]).fails(2, "mine.yaml` was not written by infragen");
}
