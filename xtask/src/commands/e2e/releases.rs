//! Releases of dev under load, one replica: a good one, one that crashes, one that is never ready, and a changed
//! variable; and both ways back.

use std::time::Instant;

use anyhow::ensure;
use serde_json::Value;

use super::changed;
use super::deployed::asker;
use super::environment::Environment;
use super::rollout::{PACE, REPORT, again, gone, names, released};
use super::stage::{AGAIN, CRASHES, SILENT, Stage, until};
use super::steady::{Seen, Steady};
use crate::console::time;
use crate::figures::Figures;
use crate::run::output;

/// A good release.
pub(super) fn good(stage: &Stage<'_>, dev: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let (seen, took) = under_load(stage, dev, || {
        let old = names(dev)?;
        let took = again(stage, dev, figures)?;
        until("dev's old Pod is gone", 60, || gone(dev, &old))?;
        Ok(took)
    })?;
    let told = format!("{}; {} to roll out", seen.failures(), time(took));
    figures.check("dev: a new release under keep-alive load, one replica", told, seen.failed == 0);
    Ok(())
}

/// A release that crashes, and `kubectl rollout undo`.
pub(super) fn crashing(
    stage: &Stage<'_>,
    dev: &Environment<'_>,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let (seen, took) = under_load(stage, dev, || {
        dev.apply(&stage.later(CRASHES))?;
        until("the release that crashes was tried twice", 90, || {
            let restarts = |pod: &Value| pod["status"]["containerStatuses"][0]["restartCount"].as_u64();
            Ok(dev.pods()?.iter().filter_map(restarts).any(|count| count >= 1))
        })?;
        let begun = Instant::now();
        dev.text(&["rollout", "undo", "deployment/coworking"])?;
        dev.rolled_out(60)?;
        Ok(begun.elapsed())
    })?;
    let told = format!("{}; `kubectl rollout undo` took {}", seen.failures(), time(took));
    figures.check("dev: a release that crashes, and back", told, seen.failed == 0);
    // What was applied last is the release that crashes still: a script that puts back what was applied would put
    // that back.
    released(dev, &stage.later(AGAIN)).map(drop)
}

/// A release that is never ready, and the deployment's script: it must fail, and put back what ran.
pub(super) fn silent(stage: &Stage<'_>, dev: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let was = dev.image()?;
    let silent = dev.rendered(&stage.later(SILENT))?;
    let before = stage.folder.path().join("before");
    let (seen, (took, script)) = under_load(stage, dev, || {
        let begun = Instant::now();
        let mut script = stage.kubectl().environment("codebuild/scripts/roll-out");
        script.arg(&dev.namespace).arg(&silent).arg(&before).arg("deployment/coworking=20s");
        let script = output(&mut script)?;
        Ok((begun.elapsed(), script))
    })?;
    let said = String::from_utf8_lossy(&script.stdout);
    ensure!(!script.status.success(), "a release that is never ready counts as rolled out");
    ensure!(
        said.contains("What ran before runs again"),
        "the script did not put back what ran: {said}\n{}",
        String::from_utf8_lossy(&script.stderr)
    );
    let told = format!("{}; given up after 20 s, all of it took {}", seen.failures(), time(took));
    figures.check(
        "dev: a release that is never ready, and the deployment's own way back",
        told,
        seen.failed == 0 && dev.image()? == was && dev.ready_pods()? == 1,
    );
    Ok(())
}

/// One line is changed in an environment's source: what follows from it must reach the Pods by itself.
pub(super) fn changed(stage: &Stage<'_>, dev: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let checkout = changed::checkout()?;
    let folder = dev.rendered_from(&checkout, &stage.later(AGAIN))?;
    let level = || dev.text(&["get", "configmap", "coworking", "--output=jsonpath={.data.LOG_LEVEL}"]);
    let (before, was) = (level()?, dev.image()?);
    let old = names(dev)?;
    let (seen, took) = under_load(stage, dev, || {
        let begun = Instant::now();
        dev.apply_folder(&folder)?;
        dev.rolled_out(120)?;
        let took = begun.elapsed();
        until("the Pod with the old variable is gone", 60, || gone(dev, &old))?;
        Ok(took)
    })?;
    let after = level()?;
    let told = format!(
        "LOG_LEVEL from {before} to {after}, by itself a new Pod; {}; {} to roll out",
        seen.failures(),
        time(took)
    );
    let new = names(dev)?;
    let rolled = before != after && dev.image()? == was && !new.is_empty();
    figures.check("dev: a changed variable rolls the Pods", told, rolled && seen.failed == 0);
    Ok(())
}

/// Does something while dev's clients ask; gives what they saw too.
fn under_load<T>(
    stage: &Stage<'_>,
    dev: &Environment<'_>,
    done: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<(Seen, T)> {
    let clients = Steady::begin(stage, asker(dev), &dev.url(REPORT), PACE)?;
    let done = done()?;
    Ok((clients.end()?, done))
}
