//! How long an answer takes, at each number of tokens.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use anyhow::{bail, ensure};

use super::contestant::{self, Contestant, Running};
use super::kept::Kept;
use super::seeded::Seeded;
use crate::console::{note, say};
use crate::postgres::Postgres;
use crate::table::Table;

/// The old reports, and the new ones.
const REPORTS: [&str; 6] = [
    "/api/reports/daily_usage",
    "/api/reports/user_visits",
    "/api/v1/reports/daily-usage?from=2025-01-01&to=2026-01-01",
    "/api/v1/reports/daily-usage?from=2025-05-01&to=2025-07-01&granularity=hour",
    "/api/v1/reports/summary?from=2025-07-01&to=2026-01-01",
    "/api/v1/reports/user-visits?sort=-visits&limit=100",
];

/// Those that the others answer, too.
const OLD: usize = 2;

const ROUNDS: usize = 60;

/// Rounds of those that count all tokens.
const SLOW_ROUNDS: usize = 5;

/// How much more an answer may take than at the smallest number of tokens.
const MOST: f64 = 1.5;

const WRITE: &str = "INSERT INTO tokens (user_id, token, created_at, used_at) \
                     VALUES (7, 'write', timestamp '2025-06-15 12:00', timestamp '2025-06-15 12:00')";

/// A database, and who answers from it.
struct Side {
    seeded: Seeded,
    service: Running,
    kept: Kept,
    times: HashMap<(&'static str, Case), Vec<Duration>>,
    answers: HashMap<&'static str, Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Case {
    Unchanged,
    Written,
    Live,
    Flask,
}

/// Measures, first with the same users at each number of tokens, then with users that grow with them.
pub(super) fn run(sizes: &[u32]) -> anyhow::Result<()> {
    let service = contestant::service()?;
    let flask = contestant::flask()?;
    // A table that is filled where it was truncated needs no log then.
    let postgres = Postgres::start(&[
        ("max_connections", "200"),
        ("max_wal_size", "2GB"),
        ("wal_level", "minimal"),
        ("max_wal_senders", "0"),
    ])?;
    let mut missed = Vec::new();
    for (title, users) in [("the same 100 users", None), ("a user for each 100 tokens", Some(100))] {
        let mut sides = Vec::new();
        for &tokens in sizes {
            note(format_args!("{title}: making {tokens} tokens"));
            let users = users.map_or(100, |each| tokens / each);
            let seeded = Seeded { database: format!("of_{users}_{tokens}"), tokens, users };
            sides.push(Side::start(seeded, &service, &postgres)?);
        }
        measure(&mut sides, &postgres)?;
        if users.is_none() {
            slow(&mut sides, &service, &flask, &postgres)?;
        }
        say(format_args!("{title}, medians of {ROUNDS}; live and Flask {SLOW_ROUNDS}:\n"));
        missed.extend(tell(&sides, users.is_some()));
        for Side { seeded, service: running, .. } in sides {
            drop(running);
            postgres.sql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", seeded.database))?;
        }
    }
    if !missed.is_empty() {
        bail!("more than {MOST} times as long as with the fewest tokens:\n{}", missed.join("\n"));
    }
    Ok(())
}

impl Side {
    fn start(seeded: Seeded, service: &Contestant, postgres: &Postgres) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let seeded = seeded.make(service, postgres, folder.path(), true)?;
        let running = service.start(&seeded.variables(postgres, "rollup"), folder.path())?;
        let kept = Kept::open(&running)?;
        Ok(Self { seeded, service: running, kept, times: HashMap::new(), answers: HashMap::new() })
    }

    /// Whether the answer is another than the last one.
    fn ask(&mut self, report: &'static str, case: Case) -> anyhow::Result<bool> {
        let (time, body) = self.kept.get(report)?;
        self.times.entry((report, case)).or_default().push(time);
        Ok(self.answers.insert(report, body.clone()) != Some(body))
    }

    fn median(&self, report: &'static str, case: Case) -> Option<f64> {
        let mut times = self.times.get(&(report, case))?.clone();
        times.sort_unstable();
        times.get(times.len() / 2).map(|time| time.as_secs_f64() * 1000.0)
    }
}

/// Whether it tells of users, and grows with them.
fn is_of_users(report: &str) -> bool {
    report.contains("user")
}

/// The reports, those of users last: with many users these take hundreds of times as long, and whoever is asked next
/// would be timed with what they leave behind.
fn in_turn() -> impl Iterator<Item = &'static str> {
    let (of_users, others): (Vec<_>, Vec<_>) = REPORTS.into_iter().partition(|report| is_of_users(report));
    others.into_iter().chain(of_users)
}

/// Each report of all sizes in turn, so that what else the machine does meets all of them.
fn measure(sides: &mut [Side], postgres: &Postgres) -> anyhow::Result<()> {
    for side in &mut *sides {
        // While the next database was made, the first connection was idle for too long.
        side.kept = Kept::open(&side.service)?;
    }
    for round in 0..=ROUNDS {
        for report in in_turn() {
            for side in &mut *sides {
                side.ask(report, Case::Unchanged)?;
                if round == 0 {
                    // That was the first answer, which is read.
                    side.times.clear();
                }
            }
        }
    }
    for _ in 0..ROUNDS {
        for side in &*sides {
            postgres.sql(&side.seeded.database, WRITE)?;
        }
        for report in in_turn() {
            for side in &mut *sides {
                ensure!(side.ask(report, Case::Written)?, "{report} does not tell of a new token");
            }
        }
    }
    Ok(())
}

/// Those that count all tokens each time: the service without roll-ups, and Flask.
fn slow(
    sides: &mut [Side],
    service: &Contestant,
    flask: &Contestant,
    postgres: &Postgres,
) -> anyhow::Result<()> {
    for side in sides {
        for (program, case) in [(service, Case::Live), (flask, Case::Flask)] {
            let folder = tempfile::tempdir()?;
            let running = program.start(&side.seeded.variables(postgres, "live"), folder.path())?;
            note(format_args!("{} counts {} tokens", program.name, side.seeded.tokens));
            for _ in 0..SLOW_ROUNDS {
                postgres.sql(&side.seeded.database, WRITE)?;
                // Flask's server closes what it has answered.
                let mut kept = Kept::open(&running)?;
                let (daily, _) = kept.get(REPORTS[0])?;
                let mut kept = Kept::open(&running)?;
                let (visits, _) = kept.get(REPORTS[1])?;
                for (report, time) in REPORTS.into_iter().take(OLD).zip([daily, visits]) {
                    side.times.entry((report, case)).or_default().push(time);
                }
            }
            drop(running);
            thread::sleep(Duration::from_millis(200));
        }
    }
    Ok(())
}

/// Prints the table; gives what takes too long. An answer that tells of all users grows with them.
fn tell(sides: &[Side], growing: bool) -> Vec<String> {
    let mut table = Table::new([
        "report",
        "tokens",
        "nothing new",
        "times",
        "after a write",
        "times",
        "counted, live",
        "counted, Flask",
    ]);
    let mut missed = Vec::new();
    for report in REPORTS {
        for side in sides {
            let of = |case| side.median(report, case);
            let cell = |case| of(case).map_or(String::new(), |time| format!("{time:.2} ms"));
            let mut times = |case| {
                let first = sides.first().and_then(|first| first.median(report, case)).unwrap_or(f64::NAN);
                let times = of(case).unwrap_or(f64::INFINITY) / first;
                if times > MOST && !(growing && is_of_users(report)) {
                    missed.push(format!("{report} at {} tokens: {times:.2}", side.seeded.tokens));
                }
                format!("{times:.2}")
            };
            table.row([
                format!("`{report}`"),
                side.seeded.tokens.to_string(),
                cell(Case::Unchanged),
                times(Case::Unchanged),
                cell(Case::Written),
                times(Case::Written),
                cell(Case::Live),
                cell(Case::Flask),
            ]);
        }
    }
    say(format_args!("{}\n", table.text().trim_end()));
    missed
}
