//! Environments by chance: what infragen renders, it validates clean; with any one field's name misspelt, it does not.

mod choices;
mod environment;
mod pipelines;
mod surroundings;
mod workloads;

use std::path::Path;

use infragen::bundle::{Bundle, Content};
use infragen::diagnostic::Severity;
use infragen::lint::{self, Options};
use infragen::node::{FieldPath, Node};
use infragen::settings::Settings;
use infragen::spec::Environment;
use infragen::validate::{Source, validate};
use infragen::{emit, read, report};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::misspelt::{SPELLINGS, misspell, names};

/// What is found where somebody says half of something, and is no false alarm: an Ingress without a certificate, one whose
/// load balancer does not wait for Pods, a secret or a priority that nothing uses, two probes that ask the same.
const TRUE_WARNINGS: [&str; 5] = [
    "identical-probes",
    "ingress-without-tls",
    "ip-target-without-readiness-gate",
    "unused-config",
    "unused-priority-class",
];

/// Names how many environments are tried, where nobody says otherwise.
const CASES: &str = "INFRAGEN_ENVIRONMENTS";
/// How many are tried in an ordinary run.
const FEW: u32 = 32;

fn rendered(environment: &Environment) -> Bundle {
    infragen::render::render(environment, &Settings::default())
}

/// Each tree, by its file.
fn trees(bundle: &Bundle) -> Vec<(&Path, &Node)> {
    let trees = bundle.documents.iter().filter_map(|document| match &document.content {
        Content::Object(node) | Content::Buildspec(node) => Some((document.file.as_path(), node)),
        Content::Text(_) => None,
    });
    trees.collect()
}

fn is_clean(bundle: &Bundle) -> Result<(), TestCaseError> {
    let found = lint::lint(bundle, &Options::default());
    let is_alarm =
        found.open().any(|one| one.severity == Severity::Error || !TRUE_WARNINGS.contains(&one.rule));
    prop_assert!(!is_alarm, "{}", report::human(&found, false));
    Ok(())
}

fn is_read_as_it_was_written(bundle: &Bundle) -> Result<(), TestCaseError> {
    for (file, tree) in trees(bundle) {
        for text in [emit::yaml(tree), emit::json(tree)] {
            let read =
                read::objects(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            prop_assert_eq!(&read[..], std::slice::from_ref(tree), "{}\n{}", file.display(), text);
        }
    }
    Ok(())
}

/// Errors of the files of a bundle, one of them changed.
fn errors(bundle: &Bundle, changed: Option<(&Path, &Node)>) -> Vec<String> {
    let sources: Vec<Source> = trees(bundle)
        .into_iter()
        .map(|(file, tree)| {
            let tree = changed.filter(|(path, _)| *path == file).map_or(tree, |(_, changed)| changed);
            Source { name: file.to_owned(), bytes: Some(emit::yaml(tree).into_bytes()), world: 0 }
        })
        .collect();
    let known = Bundle { facts: bundle.facts.clone(), ..Bundle::default() };
    let found = validate(&sources, vec![known], &Options::default(), &|_| {});
    let errors = found.reports[0].open().filter(|one| one.severity == Severity::Error);
    errors.map(|one| format!("{}: {}", one.rule, one.message)).collect()
}

fn is_not_clean_when_misspelt(bundle: &Bundle, which: prop::sample::Index) -> Result<(), TestCaseError> {
    let all: Vec<(&Path, &Node, FieldPath)> = bundle
        .objects()
        .flat_map(|(document, object)| {
            let mut paths = Vec::new();
            names(object, &FieldPath::root(), &mut paths);
            paths.into_iter().map(move |path| (document.file.as_path(), object, path))
        })
        .collect();
    let (file, object, path) = which.get(&all);
    let spelling = *which.get(&SPELLINGS);
    let changed = misspell(object, path, spelling);
    prop_assert!(
        !errors(bundle, Some((file, &changed))).is_empty(),
        "{} {path}: {changed:?}",
        file.display()
    );
    Ok(())
}

#[test]
fn what_is_rendered_is_clean_and_with_a_name_misspelt_it_is_not() {
    let cases = std::env::var(CASES).map_or(FEW, |cases| cases.parse().unwrap());
    let numbers = prop::collection::vec(any::<u32>(), 0..400);
    let config = Config { cases, failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    TestRunner::new(config)
        .run(&(numbers, any::<prop::sample::Index>()), |(numbers, which)| {
            let environment = environment::environment(&numbers);
            let bundle = rendered(&environment);
            is_clean(&bundle)?;
            let again = rendered(&environment::environment(&numbers));
            prop_assert_eq!(trees(&bundle), trees(&again));
            is_read_as_it_was_written(&bundle)?;
            prop_assert_eq!(errors(&bundle, None), Vec::<String>::new());
            is_not_clean_when_misspelt(&bundle, which)
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}
