//! A reader of YAML 1.1 finds in a buildspec what was put in.

use std::io::Write;
use std::process::{Command, Stdio};

use infragen::bundle::Content;
use infragen::codebuild::Buildspec;
use infragen::codebuild::buildspec::{List, Phase, Phases};
use infragen::emit;
use infragen::node::to_node;
use proptest::prelude::*;

use crate::sample;

/// Reads YAML as PyYAML does; none where it is not installed.
fn read(yaml: &str) -> Option<serde_json::Value> {
    let mut python = Command::new("python3")
        .args([
            "-c",
            "import sys, json, yaml; json.dump(yaml.safe_load(sys.stdin.buffer.read().decode()), sys.stdout)",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    python.stdin.take()?.write_all(yaml.as_bytes()).ok();
    let output = python.wait_with_output().ok()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    if complaint.contains("No module named") {
        eprintln!("skipped: there is no PyYAML");
        return None;
    }
    assert!(output.status.success(), "{complaint}\n{yaml}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn each_buildspec_of_the_sample_reads_as_it_was_made() {
    let mut seen = 0;
    for document in sample::documents(sample::eks()) {
        if let Content::Buildspec(root) = &document.content {
            let Some(found) = read(&emit::yaml(root)) else { return };
            assert_eq!(found, serde_json::to_value(root).unwrap(), "{}", document.file.display());
            assert_eq!(found["version"], serde_json::json!(0.2));
            seen += 1;
        }
    }
    assert_eq!(seen, 3);
}

/// What a command's text may be: lines of a shell, what YAML stumbles over, and anything.
fn command() -> impl Strategy<Value = String> {
    let stumbling = prop::sample::select(vec![
        "echo a: b",
        "- x",
        "{ true; }",
        "[ -e x ]",
        "*",
        "&x",
        "!true",
        "%x",
        "@x",
        "`x`",
        "x # y",
        "yes",
        "no",
        "on",
        "~",
        "null",
        "0755",
        "1e3",
        "12:30",
        "0.2",
        ".inf",
        "=",
        "<<",
        "---",
        "...",
        "a\n  b\n",
        "\ta",
        "a \nb",
        "? x",
        "",
        "echo 'it''s'",
        "\"",
        "x:\ny",
        "\n\nx",
        "x\n\n",
        " x",
        "#x",
        "| x",
        "> x",
        "2026-11-21",
        "\u{85}x",
        "\u{2028}",
    ]);
    prop_oneof![stumbling.prop_map(str::to_owned), "[ -~\n\t]{0,60}", any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_text_of_a_command_survives(commands in prop::collection::vec(command(), 1..80)) {
        let phase = Phase::new(List::try_from(commands.clone()).unwrap());
        let buildspec = to_node(&Buildspec::new(Phases::build(phase))).unwrap();
        if let Some(found) = read(&emit::yaml(&buildspec)) {
            prop_assert_eq!(&found["phases"]["build"]["commands"], &serde_json::json!(commands));
        }
    }
}
