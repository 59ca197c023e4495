//! What keeps the roll-ups short and right: folding, counting anew, and comparing, a part at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};
use service_settings::AnalyticsMode;
use tokio::time::sleep;

use super::super::question::question;
use super::correct::{self, Part};
use super::fold::{self, BATCH};
use super::trust::trust;
use crate::observe::Chain;
use crate::store::pool::{Asking, BoundedPool};
use crate::store::{Counting, Fold, StoreError};

/// How often it looks.
const TICK: Duration = Duration::from_secs(1);

/// How often it counts anew, if a first attempt found no gap.
const AGAIN: Duration = Duration::from_secs(30);

/// After so many folded rows their room is given back.
const VACUUM: i64 = 50_000;

/// In how many parts the hours and the users are compared, at most.
const PARTS: i64 = 64;

/// Comparing takes a tenth of the time: so much of a tick, and a longer rest after a part that took longer.
const BUDGET: Duration = Duration::from_millis(100);

const DAY: i64 = 86_400_000_000;

question! {
    /// The first and the last hour, and the first and the last user.
    Ends -> (Nullable<Timestamp>, Nullable<Timestamp>, Nullable<BigInt>, Nullable<BigInt>): "
        SELECT (SELECT min(hour) FROM coworking_analytics_hours WHERE isfinite(hour)),
               (SELECT max(hour) FROM coworking_analytics_hours WHERE isfinite(hour)),
               (SELECT min(user_id) FROM coworking_analytics_users),
               (SELECT max(user_id) FROM coworking_analytics_users)"
}

/// Whoever does it, and how it stands.
pub(in super::super) struct Upkeep {
    mode: AnalyticsMode,
    period: Option<Duration>,
    standing: Arc<Mutex<Standing>>,
}

struct Standing {
    fold: Fold,
    /// When the delta was last seen empty.
    level: Instant,
    folded: i64,
    /// What is still to be compared in this round, the next last.
    parts: Vec<Part>,
    next_part: Instant,
    next_round: Option<Instant>,
    next_rebuild: Instant,
}

impl Upkeep {
    /// Compares everything once every so many seconds; never if that is 0.
    pub(in super::super) fn new(mode: AnalyticsMode, seconds: u32) -> Upkeep {
        let period = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        let now = Instant::now();
        let standing = Standing {
            fold: Fold::default(),
            level: now,
            folded: 0,
            parts: Vec::new(),
            next_part: now,
            next_round: period.map(|period| now + period),
            next_rebuild: now,
        };
        Upkeep { mode, period, standing: Arc::new(Mutex::new(standing)) }
    }

    /// How it stands.
    pub(in super::super) fn fold(&self) -> Fold {
        let standing = lock(&self.standing);
        let lag = if standing.fold.lag_rows == 0 { 0.0 } else { standing.level.elapsed().as_secs_f64() };
        Fold { lag_seconds: lag, ..standing.fold }
    }

    /// Goes on for ever. What fails is tried again.
    pub(in super::super) async fn run(&self, pool: &BoundedPool<PgConnection>) {
        if self.mode == AnalyticsMode::Live {
            return std::future::pending().await;
        }
        let mut told: Option<String> = None;
        loop {
            sleep(TICK).await;
            let (standing, period) = (Arc::clone(&self.standing), self.period);
            let done = pool.ask(Asking::Upkeep, move |connection| tick(connection, &standing, period)).await;
            let problem = done.err().map(|error| Chain(&error).to_string());
            if let Some(problem) = problem.as_ref().filter(|problem| told.as_ref() != Some(*problem)) {
                tracing::warn!(error = problem.as_str(), "the roll-ups are not kept up for now");
            }
            told = problem;
        }
    }
}

fn lock(standing: &Mutex<Standing>) -> MutexGuard<'_, Standing> {
    standing.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tick(
    connection: &mut PgConnection,
    standing: &Mutex<Standing>,
    period: Option<Duration>,
) -> Result<(), StoreError> {
    let counting = trust(connection, AnalyticsMode::Auto)?.counting;
    if !matches!(counting, Counting::Rollup | Counting::Doubtful) {
        lock(standing).fold.lag_rows = 0;
        return Ok(());
    }
    let (ours, mut rows) = fold::waiting(connection)?;
    if ours && counting == Counting::Doubtful && lock(standing).next_rebuild <= Instant::now() {
        lock(standing).next_rebuild = Instant::now() + AGAIN;
        if let Some(wrong) = correct::rebuild(connection)? {
            let mut standing = lock(standing);
            standing.next_rebuild = Instant::now();
            standing.fold.drift_rows += wrong;
            tracing::warn!(corrected = wrong, "the roll-ups were in doubt, and are counted anew");
        }
        (_, rows) = fold::waiting(connection)?;
    }
    note(standing, rows);
    if !ours {
        return Ok(());
    }
    while rows > 0 {
        let folded = fold::fold(connection)?;
        lock(standing).folded += folded;
        rows = if folded < BATCH { 0 } else { (rows - folded).max(1) };
        note(standing, rows);
    }
    if lock(standing).folded >= VACUUM {
        lock(standing).folded = 0;
        connection.batch_execute("VACUUM (TRUNCATE false) coworking_analytics_delta")?;
    }
    compare(connection, standing, period)
}

fn note(standing: &Mutex<Standing>, rows: i64) {
    let mut standing = lock(standing);
    standing.fold.lag_rows = rows;
    if rows == 0 {
        standing.level = Instant::now();
    }
}

/// Compares the next parts of a round, if it is time.
fn compare(
    connection: &mut PgConnection,
    standing: &Mutex<Standing>,
    period: Option<Duration>,
) -> Result<(), StoreError> {
    let begin = Instant::now();
    {
        let mut standing = lock(standing);
        if standing.next_part > begin {
            return Ok(());
        }
        if standing.parts.is_empty() && standing.next_round.is_some_and(|next| next <= begin) {
            standing.next_round = period.map(|period| begin + period);
            standing.parts = parts(Ends.get_result(connection)?);
        }
    }
    while begin.elapsed() < BUDGET {
        let Some(part) = lock(standing).parts.pop() else { return Ok(()) };
        let wrong = correct::correct(connection, part)?;
        lock(standing).fold.drift_rows += wrong;
        if wrong > 0 {
            tracing::warn!(
                rows = wrong,
                ?part,
                "the roll-ups had drifted from the tokens, and were corrected"
            );
        }
    }
    lock(standing).next_part = begin + begin.elapsed() * 10;
    Ok(())
}

type Bounds = (Option<PgTimestamp>, Option<PgTimestamp>, Option<i64>, Option<i64>);

/// All that is to be compared: no part overlaps another, and together they miss nothing.
fn parts((first, last, lowest, highest): Bounds) -> Vec<Part> {
    let cuts = |from: i64, to: i64, least: i64| {
        let step = (to.saturating_sub(from) / PARTS / least + 1).saturating_mul(least);
        let inner = (1..PARTS).map(move |part| from.saturating_add(step.saturating_mul(part)));
        let inner = inner.take_while(move |cut| *cut < to);
        let ends: Vec<i64> = [i64::MIN].into_iter().chain(inner).chain([i64::MAX]).collect();
        ends.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let hours = cuts(first.map_or(0, |first| first.0), last.map_or(0, |last| last.0), DAY);
    let users = cuts(lowest.unwrap_or(0), highest.unwrap_or(0), 1000);
    let hours = hours.into_iter().map(|(from, to)| Part::Hours(from, to));
    let users = users.into_iter().map(|(from, to)| Part::Users(from, to));
    hours.chain(users).chain([Part::Days]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_meet_and_miss_nothing() {
        for (hours, users) in [(0, 0), (1, 1), (30, 5000), (1095, 100_000), (1_000_000, i64::MAX / 2)] {
            let hour = |day: i64| Some(PgTimestamp(day * DAY + 3_600_000_000));
            let parts = parts((hour(7), hour(7 + hours), Some(3), Some(3 + users)));
            assert!(parts.len() <= 2 * PARTS as usize + 1, "{}", parts.len());
            let pairs = |choose: fn(&Part) -> Option<(i64, i64)>| -> Vec<_> {
                parts.iter().filter_map(choose).collect()
            };
            let of_hours =
                pairs(|part| if let Part::Hours(from, to) = part { Some((*from, *to)) } else { None });
            let of_users =
                pairs(|part| if let Part::Users(from, to) = part { Some((*from, *to)) } else { None });
            for pairs in [of_hours, of_users] {
                assert_eq!((pairs[0].0, pairs[pairs.len() - 1].1), (i64::MIN, i64::MAX));
                assert!(pairs.windows(2).all(|two| two[0].1 == two[1].0 && two[0].0 < two[0].1), "{pairs:?}");
            }
        }
        assert_eq!(parts((None, None, None, None)).len(), 3);
    }
}
