//! Kubernetes' schemas against everything that is rendered: it conforms, and with any one name misspelt it does not.

use std::fs;
use std::path::{Path, PathBuf};

use infragen::bundle::{Bundle, Content};
use infragen::diagnostic::{Category, Diagnostic};
use infragen::lint::{self, Options};
use infragen::node::{FieldPath, Node, Value};
use infragen::schema::{Version, check};
use infragen::{read, report};

/// Mappings whose names are anybody's.
const FREE: [&str; 16] = [
    "labels",
    "annotations",
    "data",
    "stringData",
    "matchLabels",
    "nodeSelector",
    "requests",
    "limits",
    "capacity",
    "hard",
    "default",
    "defaultRequest",
    "max",
    "min",
    "allocatable",
    "parameters",
];

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

/// The paths of all names in a tree but those that are anybody's.
fn names(node: &Node, path: &FieldPath, found: &mut Vec<FieldPath>) {
    for field in node.fields() {
        let below = path.field(&field.name);
        found.push(below.clone());
        // A Service's selector is a mapping of labels; elsewhere it has a form.
        let is_free = FREE.contains(&field.name.as_str())
            || (below.to_string() == "spec.selector" && field.node.get("matchLabels").is_none());
        // A LimitRange's limits, and an HPA's, are lists of things with fields.
        if !is_free || matches!(field.node.value, Value::Sequence(_)) {
            names(&field.node, &below, found);
        }
    }
    for (index, item) in node.items().iter().enumerate() {
        names(item, &path.index(index), found);
    }
}

fn misspell(object: &Node, path: &FieldPath, spell: fn(&str) -> String) -> Node {
    let mut changed = object.clone();
    let text = path.to_string();
    let parent =
        path.steps()[..path.steps().len() - 1].iter().fold(FieldPath::root(), |path, step| match step {
            infragen::node::Step::Field(name) => path.field(name),
            infragen::node::Step::Index(index) => path.index(*index),
        });
    let infragen::node::Step::Field(name) = path.steps().last().unwrap() else { panic!("{text} is no name") };
    let Value::Mapping(fields) = &mut changed.at_path_mut(&parent).unwrap().value else { panic!("{text}") };
    fields.iter_mut().find(|field| field.name == *name).unwrap().name = spell(name).into();
    changed
}

#[test]
fn with_any_one_name_misspelt_it_does_not() {
    let spellings: [fn(&str) -> String; 3] = [
        |name| format!("{name}x"),
        |name| name[..name.len() - 1].to_owned(),
        |name| {
            let (first, rest) = name.split_at(1);
            let swapped =
                if first == first.to_uppercase() { first.to_lowercase() } else { first.to_uppercase() };
            format!("{swapped}{rest}")
        },
    ];
    let mut objects: Vec<Node> = committed().into_iter().map(|(_, node)| node).collect();
    objects.extend(everything().objects().map(|(_, node)| node.clone()));
    let mut tried = 0;
    for version in [Version::nearest((1, 31)), Version::newest()] {
        for object in &objects {
            let mut paths = Vec::new();
            names(object, &FieldPath::root(), &mut paths);
            for path in &paths {
                for spelling in spellings {
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
