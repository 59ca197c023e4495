use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize as _;

use super::write;
use crate::commands::yaml::files_below;

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let tree = |name: &str, seed| {
        let folder = folder.path().join(name);
        assert_eq!(write(&folder, 120, seed, 0).unwrap().files, 120);
        let files = files_below(&folder, &["yaml", "json"]).unwrap();
        assert_eq!(files.len(), 120, "no two files have one name");
        let text = |path: &_| fs::read_to_string(path).unwrap();
        files
            .iter()
            .map(|path| (path.strip_prefix(&folder).unwrap().to_owned(), text(path)))
            .collect::<Vec<_>>()
    };
    assert!(tree("a", 1) == tree("b", 1));
    assert!(tree("c", 2) != tree("d", 1));
}

#[test]
fn the_tree_is_various() {
    let folder = tempfile::tempdir().unwrap();
    let written = write(folder.path(), 1000, 1, 0).unwrap();
    let size = written.bytes / written.files;
    assert!((1000..1400).contains(&size), "{size} bytes a file");
    let mut kinds = BTreeSet::new();
    for file in files_below(folder.path(), &["yaml", "json"]).unwrap() {
        let text = fs::read_to_string(file).unwrap();
        for document in serde_yaml::Deserializer::from_str(text.trim_start_matches('\u{FEFF}')) {
            let document = serde_json::Value::deserialize(document).unwrap();
            let of = |value: &serde_json::Value| value["kind"].as_str().map(str::to_owned);
            let items = document["items"].as_array().cloned().unwrap_or_default();
            kinds.extend(of(&document).into_iter().chain(items.iter().filter_map(of)));
        }
    }
    assert!(kinds.len() >= 18, "{kinds:?}");
}

#[test]
fn faults_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (right, wrong) = (folder.path().join("right"), folder.path().join("wrong"));
    write(&right, 500, 1, 0).unwrap();
    let faults = write(&wrong, 500, 1, 9).unwrap().faults;
    assert_eq!(faults.len(), 9);
    let rules: BTreeSet<_> = faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules.len(), 9, "{rules:?}");
    for fault in faults {
        let before = right.join(fault.file.strip_prefix(&wrong).unwrap());
        assert!(fs::read(before).unwrap() != fs::read(&fault.file).unwrap());
    }
}
