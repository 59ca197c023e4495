//! What the limits that are asked for are worth: restarts, kills, throttling, and what was really used.

use std::thread;
use std::time::Duration;

use super::deployed::asker;
use super::environment::Environment;
use super::ledger::{Ledger, Sum};
use super::stage::Stage;
use super::steady::Steady;
use crate::console::time;
use crate::figures::{Figures, megabytes};

/// How long clients ask steadily.
const STEADY: Duration = Duration::from_secs(20);
/// The part of periods in which a usual alarm calls a container throttled.
const ALARM: f64 = 0.25;

/// A steady load on production: no throttling.
pub(super) fn steady(
    stage: &Stage<'_>,
    prod: &Environment<'_>,
    ledger: &mut Ledger,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    ledger.look(&[prod])?;
    let before = ledger.sum(prod);
    let clients = Steady::begin(stage, asker(prod), &prod.url("/api/reports/daily_usage"), 20)?;
    // Nothing to wait for: this is how long it is measured.
    thread::sleep(STEADY);
    let seen = clients.end()?;
    ledger.look(&[prod])?;
    let after = ledger.sum(prod);
    let throttled = after.throttled(&before);
    let told = format!(
        "throttled in {:.1}% of periods; {:.1} CPU seconds in {}; {}; p99 {}",
        throttled * 100.0,
        after.seconds - before.seconds,
        time(STEADY),
        seen.failures(),
        time(seen.p99())
    );
    figures.check("prod: steady load within its limits", told, throttled < ALARM && seen.failed == 0);
    Ok(())
}

/// Until all is asked of it that it can give, nobody is warned of production's limits.
pub(super) fn alarm(ledger: &Ledger, prod: &Environment<'_>, figures: &mut Figures) {
    let sum = ledger.sum(prod);
    let throttled = sum.throttled(&Sum::default());
    figures.check(
        "prod: no throttling alarm in all this, starts and rollouts too",
        format!("throttled in {:.1}% of periods of {} Pods", throttled * 100.0, sum.pods),
        throttled < ALARM,
    );
}

/// After everything: no restart and no kill for want of memory.
pub(super) fn check(ledger: &Ledger, environments: &[&Environment<'_>], figures: &mut Figures) {
    for environment in environments {
        let sum = ledger.sum(environment);
        let told = format!(
            "{} Pods, {} restarts, {} kills for want of memory; the most that one used is {} of {}",
            sum.pods,
            sum.restarts,
            sum.killed,
            megabytes(sum.memory),
            sum.limit
        );
        figures.check(
            format!("{}: at its limits, all this time", environment.name),
            told,
            sum.pods > 0 && sum.restarts == 0 && sum.killed == 0.0,
        );
    }
}
