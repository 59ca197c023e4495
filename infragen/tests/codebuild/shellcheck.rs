//! shellcheck has nothing to say about any command or script.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use infragen::codebuild::TargetCluster;
use infragen::name;
use infragen::spec::pipeline::Occasion;

use crate::sample;

fn is_there() -> bool {
    let there = Command::new("shellcheck").arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: there is no shellcheck; install Debian's package `shellcheck`");
    }
    there
}

fn complaints(arguments: &[&str], script: &str) -> String {
    let mut shellcheck = Command::new("shellcheck")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    shellcheck.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    String::from_utf8(shellcheck.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn every_command_is_clean() {
    if !is_there() {
        return;
    }
    for cluster in [sample::eks(), TargetCluster::Any { context: name!("attic") }] {
        let documents = sample::documents(cluster);
        for occasion in [Occasion::PullRequest, Occasion::Release, Occasion::Deployment] {
            for phase in ["install", "pre_build", "build", "post_build"] {
                for command in sample::commands(&documents, occasion, phase) {
                    let found = complaints(&["--shell=bash", "-"], &command);
                    assert_eq!(found, "", "{occasion} {phase}:\n{command}");
                }
            }
        }
    }
}

#[test]
fn every_script_is_clean_and_stops_at_its_first_failure() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codebuild/scripts");
    let scripts: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(scripts.len() >= 4, "{scripts:?}");
    for script in scripts {
        let text = std::fs::read_to_string(&script).unwrap();
        assert!(text.starts_with("#!/usr/bin/env bash\n"), "{}", script.display());
        assert!(text.contains("\nset -euo pipefail\n"), "{}", script.display());
        if is_there() {
            assert_eq!(complaints(&["-"], &text), "", "{}", script.display());
        }
    }
}

#[test]
fn every_command_of_several_lines_stops_at_its_first_failure() {
    let documents = sample::documents(sample::eks());
    let mut seen = 0;
    for occasion in [Occasion::PullRequest, Occasion::Release, Occasion::Deployment] {
        for phase in ["install", "pre_build", "build", "post_build"] {
            for command in sample::commands(&documents, occasion, phase) {
                if command.contains('\n') {
                    seen += 1;
                    assert!(
                        command.starts_with("(\n  set -euo pipefail\n"),
                        "{occasion} {phase}:\n{command}"
                    );
                    assert!(command.ends_with("\n)"), "{occasion} {phase}:\n{command}");
                }
            }
        }
    }
    assert_eq!(seen, 7);
}
