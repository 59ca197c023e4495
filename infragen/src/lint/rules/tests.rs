//! The list as a whole: every file in it, every name right, every manual complete, every example true.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::ALL;
use crate::lint::Rule;
use crate::lint::testing::{finds, found};

const HEADINGS: [&str; 4] = ["## Why is this bad?", "## Fields", "## Allowed values", "## Examples"];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules")
}

/// The files of the rules, without the ending.
fn files() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = entries.filter_map(|name| Some(name.to_str()?.strip_suffix(".rs")?.to_owned()));
    names.filter(|name| name != "mod" && name != "tests").collect()
}

/// The examples of a manual whose fence says `kind`; what is too long for a manual is told there, and is put in here.
fn examples(rule: &Rule, kind: &str) -> Vec<String> {
    let manual = rule.manual();
    let fence = format!("```yaml {kind}\n");
    let fences = manual.split(&fence).skip(1);
    let large = "x".repeat(1 << 20);
    let texts = fences.map(|rest| rest.split("```").next().unwrap());
    texts.map(|text| text.replace("<1 MiB of text>", &large)).collect()
}

#[test]
fn every_file_is_listed_and_named_as_its_rule() {
    let listed: BTreeSet<_> = ALL.iter().map(|rule| rule.id.replace('-', "_")).collect();
    assert_eq!(listed, files());
    assert_eq!(listed.len(), ALL.len(), "an id stands twice");
    assert!(ALL.is_sorted_by_key(|rule| rule.id), "the list is in the order of the names");
}

#[test]
fn an_id_is_the_static_and_fits_an_annotation() {
    for rule in ALL {
        let text =
            std::fs::read_to_string(folder().join(format!("{}.rs", rule.id.replace('-', "_")))).unwrap();
        assert!(
            text.contains(&format!("    {} = {{", rule.id.replace('-', "_").to_uppercase())),
            "{}",
            rule.id
        );
        assert!("allow.".len() + rule.id.len() <= 63, "{} is too long for an annotation", rule.id);
        assert!(rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.id);
    }
}

#[test]
fn every_manual_is_complete() {
    for rule in ALL {
        let manual = rule.manual();
        let first = manual.lines().next().unwrap();
        assert!(first.starts_with("Flags ") && first.ends_with('.'), "{}: {first}", rule.id);
        let places: Vec<_> = HEADINGS.iter().map(|heading| manual.find(heading)).collect();
        assert!(places.iter().all(Option::is_some), "{} lacks one of {HEADINGS:?}", rule.id);
        assert!(places.is_sorted(), "{} has its headings in another order", rule.id);
        assert!(!examples(rule, "bad").is_empty(), "{} has no bad example", rule.id);
        assert!(!examples(rule, "good").is_empty(), "{} has no good example", rule.id);
    }
}

#[test]
fn every_example_behaves_as_told() {
    for rule in ALL {
        for example in examples(rule, "bad") {
            assert!(finds(rule, &example), "{} finds nothing in\n{example}", rule.id);
        }
        for example in examples(rule, "good") {
            assert_eq!(found(rule, &example).len(), 0, "{} finds something in\n{example}", rule.id);
        }
    }
}

#[test]
fn every_finding_speaks_as_it_should() {
    for rule in ALL {
        for diagnostic in examples(rule, "bad").iter().flat_map(|example| found(rule, example)) {
            for text in [&diagnostic.message, &diagnostic.help] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{}: {text}", rule.id);
                let is_lower = |first: char| !first.is_uppercase() || text.starts_with("CPU");
                assert!(text.starts_with(is_lower), "{}: {text}", rule.id);
            }
            assert_eq!(diagnostic.category, rule.category);
            assert!(diagnostic.severity <= rule.severity);
        }
    }
}

/// `cargo fmt` does not see modules that a macro names.
#[test]
fn every_file_is_formatted() {
    let mut command = Command::new("rustfmt");
    command.args(["--check", "--edition", "2024", "--config-path"]);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
    command.args(files().iter().map(|name| folder().join(format!("{name}.rs"))));
    match command.output() {
        Ok(output) => assert!(
            output.status.success(),
            "run `rustfmt --edition 2024 infragen/src/lint/rules/*.rs`\n{}",
            String::from_utf8_lossy(&output.stdout)
        ),
        Err(_) => println!("skipped: there is no rustfmt"),
    }
}
