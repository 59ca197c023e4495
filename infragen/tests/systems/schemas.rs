//! Kubernetes' schemas against everything that is rendered: it conforms, and with any one name misspelt it does not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use infragen::bundle::{Bundle, Content};
use infragen::diagnostic::{Category, Diagnostic, Severity};
use infragen::lint::{self, Options};
use infragen::node::{FieldPath, Node};
use infragen::schema::{Version, check};
use infragen::validate::{Source, validate};
use infragen::{read, report};

use crate::misspelt::{SPELLINGS, misspell, names};

fn all_versions() -> Vec<(u32, u32)> {
    Version::all().map(|version| (1, version.minor())).collect()
}

/// Every object that is committed, by file.
fn committed() -> Vec<(PathBuf, Node)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("generated")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.parent().is_some_and(|folder| folder.ends_with("kubernetes")) {
                let file = read::file(&path, &fs::read(&path).unwrap()).unwrap();
                found.extend(file.documents.into_iter().filter_map(|document| match document.content {
                    Content::Object(node) => Some((path.clone(), node)),
                    Content::Buildspec(_) | Content::Text(_) => None,
                }));
            }
        }
    }
    found
}

fn everything() -> Bundle {
    crate::clean(&crate::everything::everything())
}

#[test]
fn what_is_rendered_conforms_to_every_version() {
    let options = Options { kubernetes: all_versions(), ..Options::default() };
    for environment in [crate::everything::everything(), crate::shadower::prod(), crate::whooper::prod()] {
        let bundle = infragen::render::render(&environment, &Default::default());
        let found = lint::lint(&bundle, &options);
        let schema = found.diagnostics.iter().filter(|one| one.category == Category::Schema);
        assert_eq!(schema.collect::<Vec<&Diagnostic>>().len(), 0, "{}", report::human(&found, false));
    }
}

#[test]
fn what_is_committed_conforms_to_every_version() {
    let versions: Vec<Version> = Version::all().collect();
    let committed = committed();
    assert!(committed.len() > 40, "{} objects", committed.len());
    for (path, object) in &committed {
        let faults = check(object, &versions);
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
}

#[test]
fn with_any_one_name_misspelt_it_does_not() {
    let mut objects: Vec<Node> = committed().into_iter().map(|(_, node)| node).collect();
    objects.extend(everything().objects().map(|(_, node)| node.clone()));
    let mut tried = 0;
    for version in [Version::nearest((1, 31)), Version::newest()] {
        for object in &objects {
            let mut paths = Vec::new();
            names(object, &FieldPath::root(), &mut paths);
            for path in &paths {
                for spelling in SPELLINGS {
                    tried += 1;
                    let changed = misspell(object, path, spelling);
                    assert!(!check(&changed, &[version]).is_empty(), "{path} of {object:?}");
                }
            }
        }
    }
    println!("{tried} names misspelt");
    assert!(tried > 10_000, "{tried} names");
}

/// Objects of the oracle's fullest examples: one of each kind, with all that it can say.
fn fullest() -> Vec<Node> {
    let text = include_str!("../../examples/oracle/fullest.yaml");
    read::objects(text).unwrap()
}

/// The same by the way that files take: as the program validates them, with one name misspelt in each.
#[test]
fn a_file_with_any_one_name_misspelt_is_not_clean() {
    let rules =
        ["unknown-field", "missing-required-field", "unknown-kind", "kind-without-schema", "wrong-type"];
    let select = Some(rules.map(str::to_owned).to_vec());
    let options = Options { select, ..Options::default() };
    let objects = committed().into_iter().map(|(_, node)| node);
    let objects = objects.chain(everything().objects().map(|(_, node)| node.clone()).collect::<Vec<_>>());
    let source = |name: String, object: &Node| Source {
        name: name.into(),
        bytes: Some(serde_json::to_vec(object).unwrap()),
        world: 0,
    };
    let (mut clean, mut misspelt) = (Vec::new(), Vec::new());
    for (number, object) in objects.chain(fullest()).enumerate() {
        clean.push(source(format!("{number}.json"), &object));
        let mut paths = Vec::new();
        names(&object, &FieldPath::root(), &mut paths);
        for path in paths {
            let changed = misspell(&object, &path, |name| format!("{name}x"));
            misspelt.push(source(format!("{number} {path}.json"), &changed));
        }
    }
    let errors = |sources: &[Source]| {
        let found = validate(sources, vec![Bundle::default()], &options, &|_| {});
        assert!(found.unreadable.is_empty() && found.passed_over.is_empty(), "{:?}", found.passed_over);
        let errors = found.reports[0].open().filter(|one| one.severity == Severity::Error);
        errors.map(|one| one.file.clone()).collect::<BTreeSet<PathBuf>>()
    };
    assert_eq!(errors(&clean), BTreeSet::new());
    let seen = errors(&misspelt);
    let unseen: Vec<_> =
        misspelt.iter().map(|source| &source.name).filter(|name| !seen.contains(*name)).collect();
    assert!(unseen.is_empty(), "{} of {} are not seen: {unseen:?}", unseen.len(), misspelt.len());
    println!("{} names misspelt, each in a file of its own", misspelt.len());
    assert!(misspelt.len() > 3000, "{} names", misspelt.len());
}

/// `cargo test --release -p infragen --test systems -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn how_long_it_takes() {
    let objects: Vec<Node> = everything().objects().map(|(_, node)| node.clone()).collect();
    let versions: Vec<Version> = Version::all().collect();
    let time = |versions: &[Version]| {
        let start = std::time::Instant::now();
        assert!(objects.iter().all(|object| check(object, versions).is_empty()));
        start.elapsed()
    };
    println!("{} objects, the first time: {:?}", objects.len(), time(&versions[3..4]));
    let mut again: Vec<_> = (0..100).map(|_| time(&versions[3..4])).collect();
    again.sort();
    println!("again, median of 100: {:?}", again[50]);
    println!("all {} versions: {:?}", versions.len(), time(&versions));
}
