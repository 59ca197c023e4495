use super::{FOUND, GOOD};
use crate::program::{Project, Run};

const MEGABYTE: usize = 1_000_000;

/// Runs on one file of 50 MB or so, without the gigabyte that a careless reader takes.
fn on(text: String, arguments: &[&str]) -> Run {
    let project = Project::new();
    project.file("deploy/good.yaml", GOOD);
    project.file("deploy/large.yaml", &text);
    drop(text);
    project.run_within(700, &[&["validate", "deploy"], arguments].concat())
}

#[test]
fn one_file_of_many_documents() {
    let line = "    All of this is one text, and means nothing to anybody but the program that reads it.\n";
    let text = line.repeat(MEGABYTE / line.len());
    let documents = (0..50).map(|number| {
        format!(
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{number}\ndata:\n  text: |\n{text}"
        )
    });
    let run = on(documents.collect(), &["--ignore", "config-too-large"]);
    assert!(run.output.contains("in 51 objects"), "{run:?}");
    assert!(run.output.contains(FOUND), "{run:?}");
}

#[test]
fn one_value() {
    let text = "word ".repeat(10 * MEGABYTE);
    let map = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  text: {text}\n");
    let run = on(map, &[]);
    assert!(run.output.contains("error[config-too-large]"), "{}", run.output);
    assert!(run.output.len() < 10_000, "{} bytes are printed", run.output.len());
}

#[test]
fn a_hundred_thousand_documents() {
    let documents =
        (0..100_000).map(|number| format!("---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}}}\n"));
    let run = on(documents.collect(), &["--select", "wrong-type,missing-object-name"]);
    assert!(run.output.contains("in 100001 objects"), "{run:?}");
    assert!(run.output.contains(FOUND), "{run:?}");
}

/// Each finding has its place, and to count lines from the top for each takes hours.
#[test]
fn ten_thousand_findings() {
    let documents = (0..10_000)
        .map(|number| format!("---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}, nam: q}}\n"));
    let run = on(documents.collect(), &["--select", "unknown-field"]);
    assert_eq!(run.output.matches("error[unknown-field]").count(), 10_000);
}
