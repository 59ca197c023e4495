//! Changes valid objects field by field, asks a real API server and infragen about each change, and tells where they
//! differ. `cargo xtask oracle` starts the server and calls this.
//!
//! Arguments: the address of a `kubectl proxy`, and folders of manifests.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a chore that ends where something is not as it should be"
)]

mod judge;
mod mutate;
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// The namespace that everything is sent to; there is no Pod Security, and no quota.
const NAMESPACE: &str = "infragen-oracle";

/// What both say about one change.
struct Answer {
    kind: String,
    change: String,
    refused: Option<String>,
    caught: Vec<String>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap();
    let server = server::Server::new(address);
    server.make_namespace(NAMESPACE);
    let mut objects = Vec::new();
    for folder in arguments {
        read(Path::new(&folder), &mut objects);
    }
    objects.extend(documents(include_str!("fullest.yaml")));
    objects.retain(|object| server::Server::path(object, NAMESPACE).is_some());
    for object in &mut objects {
        server::Server::settle(object, NAMESPACE);
    }

    let mut seen = BTreeSet::new();
    let mut changes = Vec::new();
    for object in &objects {
        let base = server.refusal(object, NAMESPACE);
        assert!(base.is_none(), "{}: {base:?}", object["metadata"]["name"]);
        let wrong = judge::errors(object);
        assert!(wrong.is_empty(), "{}: {wrong:?}", object["metadata"]["name"]);
        let kind = object["kind"].as_str().unwrap().to_owned();
        for (name, changed) in mutate::all(object, &objects) {
            if seen.insert((kind.clone(), name.clone())) {
                changes.push((kind.clone(), name, changed));
            }
        }
    }
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while let Some((kind, change, object)) = changes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let refused = server.refusal(object, NAMESPACE);
                    let caught = judge::errors(object);
                    let answer = Answer { kind: kind.clone(), change: change.clone(), refused, caught };
                    answers.lock().unwrap().push(answer);
                }
            });
        }
    });
    tell(objects.len(), &answers.into_inner().unwrap());
}

fn tell(objects: usize, answers: &[Answer]) {
    let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for answer in answers {
        for kind in [answer.kind.as_str(), "~ all"] {
            let row = kinds.entry(kind).or_default();
            let (refused, caught) = (answer.refused.is_some(), !answer.caught.is_empty());
            row[0] += 1;
            row[1] += usize::from(refused);
            row[2] += usize::from(refused && caught);
            row[3] += usize::from(!refused && caught);
        }
    }
    let missed = answers.iter().filter(|answer| answer.refused.is_some() && answer.caught.is_empty());
    let false_alarms = answers.iter().filter(|answer| answer.refused.is_none() && !answer.caught.is_empty());
    println!("## The server takes it, infragen calls it an error\n");
    for answer in false_alarms {
        println!("- {} {}: {}", answer.kind, answer.change, answer.caught.join("; "));
    }
    println!("\n## The server refuses it, infragen does not\n");
    let mut missed: Vec<_> = missed.collect();
    missed.sort_by_key(|answer| (&answer.kind, &answer.change));
    for answer in missed {
        println!("- {} {}: {}", answer.kind, answer.change, answer.refused.as_deref().unwrap_or_default());
    }
    println!("\n## Figures: {objects} objects\n");
    println!("| kind | changes | refused | of these caught | share | wrongly called errors |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (kind, [changes, refused, caught, wrong]) in kinds {
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let share = 100.0 * caught as f64 / refused.max(1) as f64;
        println!("| {kind} | {changes} | {refused} | {caught} | {share:.1} % | {wrong} |");
    }
}

fn read(path: &Path, objects: &mut Vec<Value>) {
    if path.is_dir() {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.iter().for_each(|path| read(path, objects));
    } else if path.extension().is_some_and(|ending| ending == "yaml") {
        objects.extend(documents(&std::fs::read_to_string(path).unwrap()));
    }
}

fn documents(text: &str) -> Vec<Value> {
    let nodes = infragen::read::objects(text).unwrap();
    let values = nodes.iter().map(|node| serde_json::to_value(node).unwrap());
    values.filter(|value| value["apiVersion"].is_string()).collect()
}
