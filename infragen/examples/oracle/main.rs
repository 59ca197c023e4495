//! Changes valid objects field by field, asks a real API server and infragen about each change, and tells where they
//! differ. `cargo xtask oracle` starts the server and calls this.
//!
//! Arguments: the address of a `kubectl proxy`, the server's version, a file that keeps its answers, the page to compare
//! with or to write, `compare` or `write`, and folders of manifests.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a chore that ends where something is not as it should be"
)]

mod custom;
mod judge;
mod mutate;
mod reasons;
mod report;
mod server;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use report::{Answer, Report};
use server::Server;

/// The namespace that everything is sent to; there is no Pod Security, and no quota.
const NAMESPACE: &str = "infragen-oracle";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().unwrap();
    let (address, version, answers, page, mode) = (next(), next(), next(), PathBuf::from(next()), next());
    let server = Server::new(address, answers.into());
    let named =
        |kind: &str, name: &str| json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": name}});
    server.make(&[
        ("/api/v1/namespaces", named("Namespace", NAMESPACE)),
        (&format!("/api/v1/namespaces/{NAMESPACE}/serviceaccounts"), named("ServiceAccount", "default")),
        (&format!("/api/v1/namespaces/{NAMESPACE}/serviceaccounts"), named("ServiceAccount", "web")),
    ]);
    let (definition, mut objects) = custom::objects();
    server.define(&definition, &objects[0], NAMESPACE);
    objects.insert(0, definition);
    for folder in arguments {
        read(Path::new(&folder), &mut objects);
    }
    objects.extend(documents(include_str!("fullest.yaml")));
    objects.extend(documents(include_str!("others.yaml")));
    objects.retain(|object| Server::path(object, NAMESPACE).is_some());
    for object in &mut objects {
        Server::settle(object, NAMESPACE);
    }
    let changes = changes(&server, &objects);
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
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
    server.keep();
    let report = Report { version, objects: objects.len(), answers: answers.into_inner().unwrap() };
    println!("{}", report.details());
    println!("{}", report.figures());
    report.compare(&page, mode == "write")
}

/// Each change once for each kind; what they begin with must be right to both.
fn changes(server: &Server, objects: &[Value]) -> Vec<(String, String, Value)> {
    let (mut seen, mut changes) = (BTreeSet::new(), Vec::new());
    let samples = mutate::Samples::of(objects);
    let wrong: Vec<_> = objects
        .iter()
        .map(|object| {
            (
                &object["kind"],
                &object["metadata"]["name"],
                server.refusal(object, NAMESPACE),
                judge::errors(object),
            )
        })
        .filter(|(.., refused, caught)| refused.is_some() || !caught.is_empty())
        .collect();
    assert!(wrong.is_empty(), "these are not right from the beginning: {wrong:#?}");
    for object in objects {
        let kind = object["kind"].as_str().unwrap().to_owned();
        for (name, changed) in mutate::all(object, &samples) {
            if seen.insert((kind.clone(), name.clone())) {
                changes.push((kind.clone(), name, changed));
            }
        }
    }
    changes
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
