//! What the roll-ups cost those who write tokens.

use std::fs;

use anyhow::{Context as _, bail};

use super::contestant;
use super::seeded::Seeded;
use crate::console::{note, say};
use crate::postgres::Postgres;
use crate::run::text;
use crate::table::Table;

/// How much of their throughput writers may lose.
const MOST: f64 = 0.35;

const USERS: u32 = 1000;

/// One token a transaction.
const SCRIPT: &str = "\\set user random(1, 1000)\n\
    INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (:user, 'abcdef', now(), now());\n";

#[derive(Clone, Copy)]
enum Case {
    Plain,
    Triggers,
    Folding,
}

const CASES: [Case; 3] = [Case::Plain, Case::Triggers, Case::Folding];

impl Case {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "without roll-ups",
            Self::Triggers => "with triggers, nobody folds",
            Self::Folding => "with triggers, the service folds",
        }
    }
}

/// Measures each case in turn, round after round, with what PostgreSQL has by default: each commit is synchronous.
pub(super) fn run(rounds: u32, seconds: u32) -> anyhow::Result<()> {
    let service = contestant::service()?;
    let postgres = Postgres::start(&[("max_wal_size", "4GB"), ("shared_buffers", "256MB")])?;
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("write.sql");
    fs::write(&script, SCRIPT)?;
    let mut seeded = Vec::new();
    for case in CASES {
        let database = format!("case_{}", case as u8);
        let side = Seeded { database, tokens: 10_000, users: USERS };
        seeded.push(side.make(&service, &postgres, folder.path(), !matches!(case, Case::Plain))?);
    }
    let mut rates = CASES.map(|_| Vec::new());
    for round in 0..=rounds {
        for ((case, side), rates) in CASES.into_iter().zip(&seeded).zip(&mut rates) {
            postgres.sql(&side.database, "CHECKPOINT")?;
            let folding = match case {
                Case::Folding => Some(service.start(&side.variables(&postgres, "rollup"), folder.path())?),
                Case::Plain | Case::Triggers => None,
            };
            let mut pgbench = postgres.program("pgbench", &side.database);
            pgbench
                .args(["--no-vacuum", "--protocol=prepared", "--client=8", "--jobs=2", "--file"])
                .arg(&script);
            let printed = text(pgbench.args(["--time", &seconds.to_string()]))?;
            drop(folding);
            let rate = rate(&printed).with_context(|| format!("pgbench gave no rate:\n{printed}"))?;
            note(format_args!("round {round}, {}: {rate:.0} tokens a second", case.name()));
            // The first round warms all three.
            if round > 0 {
                rates.push(rate);
            }
        }
    }
    tell(&rates)
}

fn rate(printed: &str) -> Option<f64> {
    let line = printed.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split_whitespace().next()?.parse().ok()
}

fn tell(rates: &[Vec<f64>; 3]) -> anyhow::Result<()> {
    let mut table =
        Table::new(["writers", "tokens a second", "least", "greatest", "lost, median of the rounds"]);
    let mut missed = Vec::new();
    for (case, of) in CASES.into_iter().zip(rates) {
        // Against what was measured in the same round.
        let lost = median(of.iter().zip(&rates[0]).map(|(with, without)| 1.0 - with / without).collect());
        let bound = |choose: fn(f64, f64) -> f64| of.iter().copied().reduce(choose).unwrap_or(f64::NAN);
        table.row([
            case.name().to_owned(),
            format!("{:.0}", median(of.clone())),
            format!("{:.0}", bound(f64::min)),
            format!("{:.0}", bound(f64::max)),
            format!("{:.0} %", lost * 100.0),
        ]);
        if lost > MOST {
            missed.push(case.name());
        }
    }
    say(table.text().trim_end());
    if !missed.is_empty() {
        bail!("writers lose more than {:.0} %: {}", MOST * 100.0, missed.join(", "));
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn what_pgbench_prints_is_understood() {
        let printed = "number of clients: 8\nlatency average = 1.0 ms\ntps = 1234.567890 (without initial connection time)\n";
        assert_eq!(rate(printed), Some(1234.56789));
        assert_eq!(rate("pgbench: error"), None);
    }
}
