//! Rollouts of production under load; dev is rolled out meanwhile.

use std::time::{Duration, Instant};

use super::deployed::asker;
use super::environment::{Environment, name};
use super::pipeline;
use super::stage::{AGAIN, Stage, until};
use super::steady::Steady;
use crate::console::time;
use crate::figures::Figures;

pub(super) const REPORT: &str = "/api/reports/daily_usage";

/// Questions a second.
pub(super) const PACE: u32 = 20;

/// Rolls production out. Its old Pods answer for two minutes more: `meanwhile` is done while its clients ask on.
pub(super) fn check(
    stage: &Stage<'_>,
    prod: &Environment<'_>,
    figures: &mut Figures,
    meanwhile: impl FnOnce(),
) -> anyhow::Result<()> {
    let clients = Steady::begin(stage, asker(prod), &prod.url(REPORT), PACE)?;
    let old = names(prod)?;
    let took = again(stage, prod, figures)?;
    let rolled_out = Instant::now();
    meanwhile();
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

/// Releases the same again: by the deployment's own phases where nodes know it by its digest, which these want.
pub(super) fn again(
    stage: &Stage<'_>,
    environment: &Environment<'_>,
    figures: &mut Figures,
) -> anyhow::Result<Duration> {
    let Some(digest) = &stage.digest else { return released(environment, &stage.later(AGAIN)) };
    let deployed = pipeline::deploy(stage, environment, digest)?;
    let what = format!("{}: the deployment's buildspec, phase by phase", environment.name);
    figures.check(what, deployed.told(), true);
    Ok(deployed.took)
}

/// Applies a release and waits for its rollout.
pub(super) fn released(environment: &Environment<'_>, version: &str) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    environment.apply(version)?;
    environment.rolled_out(120)?;
    Ok(begun.elapsed())
}

/// The names of the Pods that are not on their way out.
pub(super) fn names(environment: &Environment<'_>) -> anyhow::Result<Vec<String>> {
    Ok(environment.pods()?.iter().map(|pod| name(pod).to_owned()).collect())
}

/// Whether none of these Pods is there any more, on its way out or not.
pub(super) fn gone(environment: &Environment<'_>, pods: &[String]) -> anyhow::Result<bool> {
    let there = environment.text(&["get", "pods", "--output=name"])?;
    Ok(!pods.iter().any(|pod| there.lines().any(|line| line.ends_with(pod.as_str()))))
}
