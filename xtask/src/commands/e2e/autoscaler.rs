//! Load until the autoscaler acts, and back down.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::environment::Environment;
use super::ledger::Ledger;
use super::stage::{NAMESPACE, NODE, Stage, until};
use crate::console::{note, time};
use crate::figures::Figures;

/// The goal from the load's beginning to the first new Pod that is ready.
const GOAL: Duration = Duration::from_secs(30);

/// Five minutes of looking back are too long for a check: the way down is shown with ten seconds.
const QUICKLY: &str = r#"{"spec": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 10,
    "policies": [{"type": "Percent", "value": 100, "periodSeconds": 15}]}}}}"#;

/// Asks production for all that it can give.
pub(super) fn check(
    stage: &Stage<'_>,
    prod: &Environment<'_>,
    ledger: &mut Ledger,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    ledger.look(&[prod])?;
    let (counted, before) = (ledger.sum(prod), prod.ready_pods()?);
    let begun = Instant::now();
    let load = Load::begin(stage, &prod.url("/api/reports/daily_usage"))?;
    let first = until("the autoscaler brings a ready Pod", 120, || Ok(prod.ready_pods()? > before))
        .inspect_err(|_| explain(prod))?;
    let most = prod.json(&["get", "horizontalpodautoscaler", "coworking"])?;
    let desired = most["status"]["desiredReplicas"].as_u64().unwrap_or_default();
    ledger.look(&[prod])?;
    drop(load);
    let told = format!("{} from {before} ready Pods; it wants {desired}", time(first));
    figures.check("prod: load until the first new Pod is ready, goal 30 s", told, first <= GOAL);
    let throttled = ledger.sum(prod).throttled(&counted);
    let told =
        format!("throttled in {:.1}% of periods: that is what the autoscaler is for", throttled * 100.0);
    figures.measured("prod: its limits under that load", told);
    prod.text(&["patch", "horizontalpodautoscaler", "coworking", "--patch", QUICKLY])?;
    let loaded = begun.elapsed();
    let down = until("the autoscaler goes back to two", 120, || {
        let now = prod.json(&["get", "horizontalpodautoscaler", "coworking"])?;
        Ok(now["status"]["desiredReplicas"].as_u64() == Some(2))
    })?;
    let told = format!("{} after a load of {}, looking back 10 s and not 300 s", time(down), time(loaded));
    figures.check("prod: back to two", told, true);
    Ok(())
}

/// Says what the autoscaler saw, and why it did nothing.
fn explain(prod: &Environment<'_>) {
    for question in [&["describe", "horizontalpodautoscaler", "coworking"][..], &["top", "pods"]] {
        match prod.text(question) {
            Ok(told) => note(told.trim_end()),
            Err(error) => note(format_args!("{error:#}")),
        }
    }
}

/// A load without pause, until this goes.
struct Load<'a> {
    stage: &'a Stage<'a>,
    child: Child,
}

impl<'a> Load<'a> {
    fn begin(stage: &'a Stage<'a>, url: &str) -> anyhow::Result<Self> {
        // As many subjects as the limit of each lets them ask what one replica can answer.
        stage.client(NODE, &["sh", "-c", "ask tokens 8000 >/tmp/tokens"])?;
        let wrk = [
            "wrk",
            "--threads=1",
            "--connections=32",
            "--duration=140s",
            "--script=/usr/local/share/bearers.lua",
        ];
        let words = [&["exec", "--namespace", NAMESPACE, NODE, "--"], &wrk[..], &[url]].concat();
        let mut load = stage.kubectl().command(&words);
        // That it was ended is what it complains of.
        let child = load.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        Ok(Self { stage, child })
    }
}

impl Drop for Load<'_> {
    fn drop(&mut self) {
        // What runs in the container does not end with the program that asked for it.
        if let Err(error) = self.stage.client(NODE, &["pkill", "wrk"]) {
            note(format_args!("the load may go on for a while: {error:#}"));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
