//! What keeps the roll-ups right: counting anew where they are in doubt, and comparing from time to time.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use service_settings::Settings;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::install::is_watched;
use super::recount::recount;
use super::trust::is_noted;
use crate::observe::Chain;
use crate::store::counting::LastCounting;
use crate::store::{Counting, PrepareError};

/// How often it looks whether a report was in doubt. It asks the database nothing.
const TICK: Duration = Duration::from_secs(1);

/// How often it counts anew, if that failed.
const AGAIN: Duration = Duration::from_secs(30);

/// Whoever does it, and how it stands.
pub(in super::super) struct Upkeep {
    file: PathBuf,
    period: Option<Duration>,
    drift: AtomicI64,
}

impl Upkeep {
    /// For the database in `file`; compares everything as often as the settings want it.
    pub(in super::super) fn new(file: &Path, settings: &Settings) -> Upkeep {
        let seconds = settings.analytics_reconcile_seconds;
        let period = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        Upkeep { file: file.to_owned(), period, drift: AtomicI64::new(0) }
    }

    /// How many rows were found wrong since the start, and corrected.
    pub(in super::super) fn drift(&self) -> i64 {
        self.drift.load(Ordering::Relaxed)
    }

    /// Goes on for ever. What fails is tried again.
    pub(in super::super) async fn run(&self, last: &LastCounting) {
        let mut next_recount = Instant::now();
        let mut next_round = self.period.map(|period| Instant::now() + period);
        let mut told: Option<String> = None;
        loop {
            sleep(TICK).await;
            let now = Instant::now();
            let is_in_doubt = last.get() == Some(Counting::Doubtful) && next_recount <= now;
            let is_due = last.get() == Some(Counting::Rollup) && next_round.is_some_and(|next| next <= now);
            if !is_in_doubt && !is_due {
                continue;
            }
            next_recount = now + AGAIN;
            next_round = self.period.map(|period| now + period);
            let file = self.file.clone();
            let done = spawn_blocking(move || compare(&file)).await;
            let problem = match done {
                Ok(Ok(wrong)) => {
                    self.tell(wrong, is_in_doubt);
                    None
                }
                Ok(Err(error)) => Some(Chain(&error).to_string()),
                Err(gone) => Some(gone.to_string()),
            };
            if let Some(problem) = problem.as_ref().filter(|problem| told.as_ref() != Some(*problem)) {
                tracing::warn!(error = problem.as_str(), "the roll-ups are not kept up for now");
            }
            told = problem;
        }
    }

    fn tell(&self, wrong: usize, is_in_doubt: bool) {
        self.drift.fetch_add(i64::try_from(wrong).unwrap_or(i64::MAX), Ordering::Relaxed);
        if is_in_doubt {
            tracing::warn!(corrected = wrong, "the roll-ups were in doubt, and are counted anew");
        } else if wrong > 0 {
            tracing::warn!(rows = wrong, "the roll-ups had drifted from the tokens, and were corrected");
        }
    }
}

/// Makes the roll-ups right if the triggers see every change, and tells how many rows were not. On a connection of
/// its own: those that compare versions must not write.
fn compare(file: &Path) -> Result<usize, PrepareError> {
    let mut connection = SqliteConnection::establish(&file.to_string_lossy())?;
    connection.batch_execute("PRAGMA busy_timeout = 10000")?;
    Ok(connection.immediate_transaction(|connection| {
        if is_noted(connection)?.is_none() || !is_watched(connection)? {
            return Ok(0);
        }
        recount(connection)
    })?)
}
