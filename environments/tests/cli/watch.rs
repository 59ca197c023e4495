//! `infragen validate --watch`, and what only a terminal is shown.

use std::io::{BufRead as _, BufReader, Read};
use std::process::Stdio;

use crate::program::{Project, command};

const GOOD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: web}\ndata: {a: b}\n";

/// Reads lines until one holds the words; the test's own time limit is the runner's.
fn until(words: &str, lines: &mut impl Iterator<Item = String>) -> String {
    let mut seen = String::new();
    for line in lines {
        seen.push_str(&line);
        seen.push('\n');
        if line.contains(words) {
            return seen;
        }
    }
    panic!("`{words}` never came:\n{seen}");
}

fn lines(stream: impl Read) -> impl Iterator<Item = String> {
    BufReader::new(stream).lines().map_while(Result::ok)
}

#[test]
fn a_change_is_seen_and_looked_at() {
    let project = Project::new();
    project.file("deploy/web.yaml", GOOD);
    let mut watch = command(project.path(), &["validate", "deploy", "--watch", "--select", "unknown-field"]);
    let mut watch = watch.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = lines(watch.stderr.take().unwrap());
    let mut found = lines(watch.stdout.take().unwrap());
    until("no findings in 1 object", &mut found);
    until("watching 1 file", &mut told);
    project.file("deploy/web.yaml", &GOOD.replace("data:", "dota:"));
    until("error[unknown-field]", &mut found);
    until("watching 1 file", &mut told);
    project.file("deploy/more.yaml", &GOOD.replace("name: web", "name: more"));
    until("in 2 objects", &mut found);
    until("watching 2 files", &mut told);
    project.file("infragen.toml", "[validate]\nignore = [\"unknown-feld\"]\n");
    let complaint = until("did you mean `unknown-field`?", &mut told);
    assert!(complaint.contains("infragen.toml:2"), "{complaint}");
    watch.kill().unwrap();
    watch.wait().unwrap();
}

#[test]
fn what_does_not_change_by_itself_is_not_watched() {
    let project = Project::new();
    for sources in
        [&["validate", "--watch"][..], &["validate", "prod", "--watch"], &["validate", "-", "--watch"]]
    {
        let run = project.run(sources);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.errors.contains("an environment changes when it is compiled"), "{run:?}");
    }
}

#[test]
fn a_large_tree_has_a_bar_at_a_terminal_and_nowhere_else() {
    let project = Project::new();
    for file in 0..600 {
        project
            .file(&format!("deploy/{file}.yaml"), &GOOD.replace("name: web", &format!("name: web-{file}")));
    }
    let inner = command(project.path(), &["validate", "deploy"]);
    let quiet = project.run(&["validate", "deploy"]);
    assert!(!quiet.errors.contains("of 600 files"), "{quiet:?}");

    // `script` runs a program at a terminal of its own.
    let line = format!("{} validate deploy", inner.get_program().to_string_lossy());
    let mut script = std::process::Command::new("script");
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(project.path());
    let shown = script.stdin(Stdio::null()).env("TERM", "xterm").output().unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.contains("of 600 files"), "{shown}");
    assert!(shown.contains("in 0.") || shown.contains("in 1."), "{shown}");
}
