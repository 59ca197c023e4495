//! What clients see of a Pod that is killed, of a database that is killed, and of a node that is drained.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::deployed::asker;
use super::environment::{Environment, is_ready, name};
use super::ledger::Ledger;
use super::rollout::REPORT;
use super::stage::{Stage, until};
use super::steady::Steady;
use crate::console::time;
use crate::figures::Figures;

/// One of production's Pods is taken away, and a program of another is killed, as the kernel does for want of memory.
pub(super) fn service(
    stage: &Stage<'_>,
    prod: &Environment<'_>,
    ledger: &mut Ledger,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let pods = prod.pods()?;
    let victim = pods.first().context("production has no Pod")?;
    let clients = Steady::begin(stage, asker(prod), &prod.url(REPORT), 20)?;
    prod.text(&["delete", "pod", name(victim), "--force", "--grace-period=0"])?;
    let took = until("production has two ready Pods again", 60, || Ok(prod.ready_pods()? >= 2))?;
    // The server has forgotten it at once; its node has not.
    until("the program of the Pod has ended", 60, || Ok(program(victim)?.is_none()))?;
    let seen = clients.end()?;
    let told = format!("{}, within {}; replaced after {}", seen.failures(), time(seen.outage()), time(took));
    figures.check("prod: one of two Pods is deleted by force", told, seen.outage() < Duration::from_secs(10));

    let pods = prod.pods()?;
    let victim = pods.first().context("production has no Pod")?;
    ledger.expect_restart(prod, name(victim));
    let clients = Steady::begin(stage, asker(prod), &prod.url(REPORT), 20)?;
    kill_process(program(victim)?.context("the Pod runs no program")?, Signal::KILL)?;
    let took = until("the program that was killed is started again", 60, || {
        let pods = prod.pods()?;
        let again = pods.iter().find(|pod| name(pod) == name(victim)).context("the Pod is gone")?;
        Ok(restarts(again) > restarts(victim) && is_ready(again))
    })?;
    let seen = clients.end()?;
    let told = format!("{}, within {}; ready after {}", seen.failures(), time(seen.outage()), time(took));
    figures.check("prod: a program is killed outright", told, seen.outage() < Duration::from_secs(10));
    Ok(())
}

/// The program of a Pod of this node, if it runs: its image holds none that could tell or kill it.
fn program(pod: &Value) -> anyhow::Result<Option<Pid>> {
    let uid = pod["metadata"]["uid"].as_str().context("the Pod has no identity")?;
    for process in fs::read_dir("/proc")? {
        let process = process?;
        let Some(pid) = process.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // A process may end while it is looked at.
        let told = |file: &str| fs::read_to_string(process.path().join(file)).unwrap_or_default();
        if told("cgroup").contains(uid) && told("cmdline").starts_with("/coworking-analytics") {
            return Ok(Pid::from_raw(pid));
        }
    }
    Ok(None)
}

fn restarts(pod: &Value) -> u64 {
    pod["status"]["containerStatuses"][0]["restartCount"].as_u64().unwrap_or_default()
}

/// The Pod of dev's database is killed.
pub(super) fn database(
    stage: &Stage<'_>,
    dev: &Environment<'_>,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let clients = Steady::begin(stage, asker(dev), &dev.url(REPORT), 10)?;
    let database = || dev.json(&["get", "pods", "--selector=app.kubernetes.io/component=database"]);
    let uid = database()?["items"][0]["metadata"]["uid"].clone();
    // Not by force: the next one must not begin before this one has ended.
    dev.text(&["delete", "pod", "coworking-database-0", "--now", "--wait=false"])?;
    until("another Pod of the database is ready", 120, || {
        let there = database()?;
        let pods = there["items"].as_array().into_iter().flatten();
        Ok(pods.filter(|pod| pod["metadata"]["uid"] != uid).any(is_ready))
    })?;
    until("dev answers again", 60, || Ok(stage.get(asker(dev), &dev.url(REPORT)).is_ok()))?;
    let seen = clients.end()?;
    let restarts: u64 = dev.pods()?.iter().map(restarts).sum();
    let told = format!(
        "{}, for {}; the service was restarted {restarts} times",
        seen.failures(),
        time(seen.outage())
    );
    figures.check(
        "dev: the database's Pod is killed",
        told,
        seen.outage() < Duration::from_secs(60) && restarts == 0,
    );
    Ok(())
}

/// On the only node: what is evicted finds no other place, so that the budget must hold the rest back.
pub(super) fn drain(stage: &Stage<'_>, prod: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let kubectl = stage.kubectl();
    let nodes = kubectl.json(&["get", "nodes"])?;
    let node = name(nodes["items"].get(0).context("the cluster has no node")?).to_owned();
    let clients = Steady::begin(stage, asker(prod), &prod.url(REPORT), 20)?;
    let selector = "--pod-selector=app.kubernetes.io/instance=coworking-prod";
    let drained = kubectl.ask(&["drain", &node, selector, "--ignore-daemonsets", "--timeout=15s"], "")?;
    let told = String::from_utf8_lossy(&drained.stderr).into_owned();
    let left = prod.ready_pods()?;
    kubectl.text(&["uncordon", &node])?;
    let took = until("production has two ready Pods again", 90, || Ok(prod.ready_pods()? >= 2))?;
    let seen = clients.end()?;
    ensure!(!drained.status.success(), "the only node was drained of all of production's Pods");
    let held = told.contains("disruption budget") && left == 1;
    let told = format!(
        "{left} of 2 held back; {}; two again {} after the node was back",
        seen.failures(),
        time(took)
    );
    figures.check("prod: a drain of the only node respects the budget", told, held && seen.failed == 0);
    Ok(())
}
