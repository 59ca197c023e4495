//! How long files are, and where commands stand.

use std::fs;

use super::{source, top};

/// A file longer than this must say why.
const LONGEST: usize = 400;

/// The files that are longer, and why.
const LONG: [(&str, &str); 0] = [];

#[test]
fn no_file_grows_without_a_reason() {
    let top = top();
    let crates = ["infragen/src", "environments/src", "service/src", "service/settings/src", "xtask/src"];
    let long: Vec<(String, usize)> = crates
        .iter()
        .flat_map(|folder| source::files(&top.join(folder)))
        .filter_map(|path| {
            let lines = fs::read_to_string(&path).expect("a source is UTF-8").lines().count();
            (lines > LONGEST).then(|| (path.strip_prefix(&top).expect("below").display().to_string(), lines))
        })
        .collect();
    for (path, lines) in &long {
        let is_listed = LONG.iter().any(|(listed, _)| listed == path);
        assert!(is_listed, "{path} has {lines} lines: split it, or list it in {} and say why", file!());
    }
    for (listed, _) in LONG {
        assert!(
            long.iter().any(|(path, _)| path == listed),
            "{listed} is not long any more: take it off the list"
        );
    }
}

#[test]
fn every_command_has_a_file_of_its_own() {
    let folder = top().join("infragen/src/cli");
    let list = fs::read_to_string(folder.join("commands.rs")).expect("the list of commands");
    let commands: Vec<(&str, &str)> = list
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(',')?.split_once("::"))
        .filter(|(module, _)| module.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .collect();
    assert!(commands.len() >= 5, "the list of commands is not as this test reads it");
    for (module, name) in commands {
        let file = folder.join(format!("{module}.rs"));
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert!(text.contains(&format!("struct {name}")), "{} does not hold `{name}`", file.display());
    }
}
