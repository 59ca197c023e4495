//! Rollouts under load: a new release, one that cannot run, and both ways back.

use std::time::{Duration, Instant};

use anyhow::ensure;

use super::deployed::asker;
use super::environment::{Environment, name};
use super::stage::{Stage, until};
use super::steady::Steady;
use crate::console::time;
use crate::figures::Figures;
use crate::run::output;

const REPORT: &str = "/api/reports/daily_usage";

/// Questions a second.
const PACE: u32 = 20;

/// Rolls production and dev out, and dev back.
pub(super) fn check(
    stage: &Stage<'_>,
    dev: &Environment<'_>,
    prod: &Environment<'_>,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    // Production's old Pods answer for two minutes more: its clients ask on while dev is rolled out.
    let clients = Steady::begin(stage, asker(prod), &prod.url(REPORT), PACE)?;
    let old = names(prod)?;
    let took = released(prod, &stage.later("-again"))?;
    let rolled_out = Instant::now();
    dev_rollouts(stage, dev, figures)?;
    until("production's old Pods are gone", 200, || gone(prod, &old))?;
    let gone = rolled_out.elapsed();
    let seen = clients.end()?;
    let told = format!(
        "{}; {} to roll out, {} more until the last old Pod ended; p99 {}",
        seen.failures(),
        time(took),
        time(gone),
        time(seen.p99())
    );
    figures.check("prod: a new release under keep-alive load", told, seen.failed == 0);
    Ok(())
}

fn dev_rollouts(stage: &Stage<'_>, dev: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let clients = Steady::begin(stage, asker(dev), &dev.url(REPORT), PACE)?;
    let old = names(dev)?;
    let took = released(dev, &stage.later("-again"))?;
    until("dev's old Pod is gone", 60, || gone(dev, &old))?;
    let seen = clients.end()?;
    let told = format!("{}; {} to roll out", seen.failures(), time(took));
    figures.check("dev: a new release under keep-alive load, one replica", told, seen.failed == 0);

    let clients = Steady::begin(stage, asker(dev), &dev.url(REPORT), PACE)?;
    dev.apply(&stage.later("-crashes"))?;
    until("the release that crashes was tried twice", 60, || {
        let restarts =
            |pod: &serde_json::Value| pod["status"]["containerStatuses"][0]["restartCount"].as_u64();
        Ok(dev.pods()?.iter().filter_map(restarts).any(|count| count >= 1))
    })?;
    let begun = Instant::now();
    dev.text(&["rollout", "undo", "deployment/coworking"])?;
    dev.rolled_out(60)?;
    let took = begun.elapsed();
    let seen = clients.end()?;
    let told = format!("{}; `kubectl rollout undo` took {}", seen.failures(), time(took));
    figures.check("dev: a release that crashes, and back", told, seen.failed == 0);

    // After `rollout undo`, what was applied last is the release that crashes still: the script would put that back.
    released(dev, &stage.later("-again"))?;
    let clients = Steady::begin(stage, asker(dev), &dev.url(REPORT), PACE)?;
    let (took, put_back) = buildspecs_way(stage, dev)?;
    let seen = clients.end()?;
    let told = format!("{}; given up after 20 s, all of it took {}", seen.failures(), time(took));
    figures.check(
        "dev: a release that is never ready, and the deployment's own way back",
        told,
        seen.failed == 0 && put_back,
    );
    Ok(())
}

/// Applies a release and waits for its rollout.
fn released(environment: &Environment<'_>, version: &str) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    environment.apply(version)?;
    environment.rolled_out(120)?;
    Ok(begun.elapsed())
}

/// The deployment's script: it must fail, and put back what ran.
fn buildspecs_way(stage: &Stage<'_>, dev: &Environment<'_>) -> anyhow::Result<(Duration, bool)> {
    let silent = dev.rendered(&stage.later("-silent"))?;
    let before = stage.folder.path().join("before");
    let image = |environment: &Environment<'_>| -> anyhow::Result<String> {
        environment.text(&[
            "get",
            "deployment/coworking",
            "--output=jsonpath={.spec.template.spec.containers[0].image}",
        ])
    };
    let was = image(dev)?;
    let begun = Instant::now();
    let mut script = stage.kubectl().environment("codebuild/scripts/roll-out");
    let script = output(script.arg(&dev.namespace).arg(silent).arg(before).arg("deployment/coworking=20s"))?;
    let took = begun.elapsed();
    ensure!(!script.status.success(), "a release that is never ready counts as rolled out");
    let told = String::from_utf8_lossy(&script.stdout).into_owned();
    Ok((took, told.contains("What ran before runs again") && image(dev)? == was))
}

fn names(environment: &Environment<'_>) -> anyhow::Result<Vec<String>> {
    Ok(environment.pods()?.iter().map(|pod| name(pod).to_owned()).collect())
}

/// Whether none of these Pods is there any more, on its way out or not.
fn gone(environment: &Environment<'_>, pods: &[String]) -> anyhow::Result<bool> {
    let there = environment.text(&["get", "pods", "--output=name"])?;
    Ok(!pods.iter().any(|pod| there.lines().any(|line| line.ends_with(pod.as_str()))))
}
