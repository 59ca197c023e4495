//! Files that were made to hurt, or were never meant to be read: each gets a plain word with its name, in bounded time and
//! memory, and the good file beside it is looked at all the same.

mod large;
mod text;
mod tree;

use crate::program::{Project, Run};

/// A manifest in which one rule finds something.
const GOOD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\n\
                    spec: {containers: [{name: a, image: b@c, tty: seldom}]}\n";

/// What is found in [`GOOD`], in the words of the report.
const FOUND: &str = "error[wrong-type]";

/// Mebibytes of addresses for a file of some kilobytes. Most are the program itself and its threads' stacks.
const LITTLE: usize = 300;

/// A folder with one bad file and a good one, as the program sees it with little memory.
fn beside_a_good_file(name: &str, bytes: &[u8]) -> Run {
    let project = Project::new();
    project.file("deploy/good.yaml", GOOD);
    project.bytes(&format!("deploy/{name}"), bytes);
    let run = project.run_within(LITTLE, &["validate", "deploy"]);
    assert!(run.output.contains(FOUND), "the good file is not looked at: {run:?}");
    run
}

/// Expects that the file is no YAML, in these words.
#[track_caller]
fn is_refused(name: &str, bytes: &[u8], message: &str) {
    let run = beside_a_good_file(name, bytes);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.output.contains("error[not-yaml]"), "{run:?}");
    assert!(run.output.contains(&format!("deploy/{name}")), "the file is not named: {run:?}");
    assert!(run.output.contains(message), "{message}: {run:?}");
}
