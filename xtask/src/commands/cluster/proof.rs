//! One environment on a cluster that has none of it: applied, applied again, tried, deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use super::kubectl::Kubectl;
use super::refused;
use crate::commands::yaml::{documents, files_below};
use crate::console::note;

/// What was seen of one environment.
pub(super) struct Proof {
    pub(super) objects: usize,
    pub(super) kinds: BTreeSet<String>,
    pub(super) first: Duration,
    pub(super) second: Duration,
    /// Objects that kubectl sent again, though nothing in them was to change, and nothing did.
    pub(super) sent_again: usize,
    /// Pods that the controllers made, past Pod Security, quota and limit range.
    pub(super) pods: usize,
    /// How the server answered to a privileged Pod.
    pub(super) privileged: String,
    /// How the server answered to a Pod that asks for more than the quota has.
    pub(super) over_quota: String,
    pub(super) deleted: Duration,
}

/// Applies a folder of objects twice and deletes them.
pub(super) fn prove(kubectl: &Kubectl, folder: &Path) -> anyhow::Result<Proof> {
    let objects = objects(folder)?;
    let path = folder.to_str().context("the checkout's path is not text")?;
    let there = kubectl.text(&["get", "--filename", path, "--ignore-not-found", "--output=name"])?;
    ensure!(there.is_empty(), "the cluster has some of it already:\n{there}");

    note(format_args!("$ kubectl apply --filename {path}"));
    let first = first_apply(kubectl, path, objects.len())?;
    let answers = answers(kubectl, &objects);
    // Controllers have acted by now: what they changed must not be what was applied.
    let second = answers.and_then(|answers| Ok((answers, second_apply(kubectl, path)?)));
    let start = Instant::now();
    kubectl.text(&["delete", "--filename", path, "--wait", "--timeout=120s"])?;
    let deleted = start.elapsed();
    let left = kubectl.text(&["get", "--filename", path, "--ignore-not-found", "--output=name"])?;
    ensure!(left.is_empty(), "`kubectl delete` left:\n{left}");
    let ((pods, privileged, over_quota), (second, sent_again)) = second?;
    let kinds = objects.iter().filter_map(|object| object["kind"].as_str()).map(str::to_owned).collect();
    Ok(Proof {
        objects: objects.len(),
        kinds,
        first,
        second,
        sent_again,
        pods,
        privileged,
        over_quota,
        deleted,
    })
}

/// Applies a folder to a cluster that has none of it; the server must warn of nothing.
fn first_apply(kubectl: &Kubectl, path: &str, objects: usize) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let (said, warnings) = kubectl.says(&["apply", "--filename", path], "")?;
    let took = start.elapsed();
    let other: Vec<&str> = said.lines().filter(|line| !line.ends_with(" created")).collect();
    ensure!(other.is_empty(), "not created:\n{}", other.join("\n"));
    ensure!(said.lines().count() == objects, "{objects} objects were rendered, and applied were:\n{said}");
    ensure!(warnings.is_empty(), "the server warns:\n{warnings}");
    Ok(took)
}

/// Applies a folder again. `unchanged` is kubectl's word for having sent nothing; it always sends the selector of a
/// PodDisruptionBudget, which its schema wants replaced whole, so there the object itself is compared.
fn second_apply(kubectl: &Kubectl, path: &str) -> anyhow::Result<(Duration, usize)> {
    let before = states(kubectl, path)?;
    let start = Instant::now();
    let (said, warnings) = kubectl.says(&["apply", "--filename", path], "")?;
    let took = start.elapsed();
    ensure!(warnings.is_empty(), "the server warns:\n{warnings}");
    let after = states(kubectl, path)?;
    let sent: Vec<&str> = said.lines().filter(|line| !line.ends_with(" unchanged")).collect();
    for line in &sent {
        let name = line.split_whitespace().next().unwrap_or_default();
        ensure!(
            name.starts_with("poddisruptionbudget.policy/") && before.contains_key(name),
            "not unchanged: {line}"
        );
        ensure!(before.get(name) == after.get(name), "changed: {line}");
    }
    Ok((took, sent.len()))
}

/// What was asked for in every object of a folder, by the name that kubectl gives it.
fn states(kubectl: &Kubectl, path: &str) -> anyhow::Result<BTreeMap<String, Value>> {
    let names = kubectl.text(&["get", "--filename", path, "--output=name"])?;
    let mut objects = kubectl.json(&["get", "--filename", path])?;
    let items = objects["items"].as_array_mut().map(std::mem::take).unwrap_or_default();
    ensure!(names.lines().count() == items.len(), "kubectl names other objects than it shows");
    let stripped = items.into_iter().map(|mut object| {
        object["status"].take();
        object["metadata"]["managedFields"].take();
        object["metadata"]["resourceVersion"].take();
        object
    });
    Ok(names.lines().map(str::to_owned).zip(stripped).collect())
}

type Answers = (usize, String, String);

fn answers(kubectl: &Kubectl, objects: &[Value]) -> anyhow::Result<Answers> {
    let Some(namespace) = named(objects, "Namespace").next() else { bail!("no Namespace is rendered") };
    let pods = pods_made(kubectl, namespace, objects)?;
    let privileged = refused::privileged(kubectl, namespace)?;
    let over_quota = match named(objects, "ResourceQuota").next() {
        Some(quota) => refused::over_quota(kubectl, namespace, quota)?,
        None => "no quota rendered".to_owned(),
    };
    Ok((pods, privileged, over_quota))
}

/// Waits until every workload has the Pods that it asks for: a Pod that admission refuses is never made.
fn pods_made(kubectl: &Kubectl, namespace: &str, objects: &[Value]) -> anyhow::Result<usize> {
    let of = |kind: &str| objects.iter().filter(move |object| object["kind"] == kind).collect::<Vec<_>>();
    let replicas = |object: &&Value| object["spec"]["replicas"].as_u64().unwrap_or(1);
    let wanted = ["Deployment", "StatefulSet", "Job"].iter().flat_map(|kind| of(kind));
    let wanted: u64 = wanted.map(|object| replicas(&object)).sum();
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let made = kubectl.text(&["get", "pods", "--namespace", namespace, "--output=name"])?.lines().count();
        if made as u64 >= wanted {
            return Ok(made);
        }
        let failed = kubectl.text(&[
            "get",
            "events",
            "--namespace",
            namespace,
            "--field-selector=reason=FailedCreate",
            "--no-headers",
            "--output=custom-columns=ON:.involvedObject.name,MESSAGE:.message",
        ])?;
        ensure!(failed.trim().is_empty(), "Pods are refused:\n{failed}");
        ensure!(Instant::now() < end, "{made} Pods of {wanted} are there after a minute");
        thread::sleep(Duration::from_millis(300));
    }
}

/// Every object of a folder.
fn objects(folder: &Path) -> anyhow::Result<Vec<Value>> {
    let mut objects = Vec::new();
    for file in files_below(folder, &["yaml", "yml"])? {
        objects.extend(documents(&file)?);
    }
    ensure!(!objects.is_empty(), "no object is below {}", folder.display());
    Ok(objects)
}

/// The names of the objects of a kind.
fn named<'a>(objects: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a str> {
    objects
        .iter()
        .filter(move |object| object["kind"] == kind)
        .filter_map(|object| object["metadata"]["name"].as_str())
}
