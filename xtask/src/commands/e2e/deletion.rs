//! Deleting what was applied leaves nothing behind but what is meant to stay.

use std::thread;

use anyhow::anyhow;
use serde_json::Value;

use super::environment::Environment;
use super::stage::{Stage, until};
use crate::console::time;
use crate::figures::Figures;

/// Deletes all of them, and looks for what is left in the whole cluster.
pub(super) fn check(
    stage: &Stage<'_>,
    environments: &[&Environment<'_>],
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let took = thread::scope(|scope| {
        let each: Vec<_> = environments.iter().map(|one| scope.spawn(|| one.delete())).collect();
        each.into_iter()
            .map(|one| one.join().map_err(|_| anyhow!("a deletion broke"))?)
            .collect::<anyhow::Result<Vec<_>>>()
    })?;
    let kinds = stage.kubectl().text(&["api-resources", "--verbs=list", "--output=name"])?;
    // Events and what endpoints follow go by themselves; nobody applied them.
    let kinds: Vec<&str> = kinds
        .lines()
        .filter(|kind| !kind.starts_with("events") && !kind.contains("metrics.k8s.io"))
        .collect();
    for (environment, took) in environments.iter().zip(took) {
        let selector = format!("--selector=infragen.dev/environment={}", environment.name);
        let left = stage.kubectl().text(&[
            "get",
            &kinds.join(","),
            "--all-namespaces",
            &selector,
            "--output=name",
        ])?;
        let mut kept = 0;
        // Their provisioner deletes them when the claims are gone already.
        until("volumes that nobody claims are deleted", 60, || {
            let (retained, others) = volumes(stage, &environment.namespace)?;
            kept = retained;
            Ok(others == 0)
        })?;
        let left: Vec<&str> = left.lines().collect();
        let told = if left.is_empty() {
            format!("nothing left but {kept} volumes to retain, {}", time(took))
        } else {
            format!("left: {}", left.join(", "))
        };
        figures.check(format!("{}: deleted", environment.name), told, left.is_empty());
    }
    Ok(())
}

/// How many volumes of a namespace's claims are there to stay, and how many others.
fn volumes(stage: &Stage<'_>, namespace: &str) -> anyhow::Result<(usize, usize)> {
    let volumes = stage.kubectl().json(&["get", "persistentvolumes"])?;
    let of_it = volumes["items"].as_array().into_iter().flatten();
    let (retained, others): (Vec<&Value>, Vec<&Value>) = of_it
        .filter(|volume| volume["spec"]["claimRef"]["namespace"] == namespace)
        .partition(|volume| volume["spec"]["persistentVolumeReclaimPolicy"] == "Retain");
    Ok((retained.len(), others.len()))
}
