//! What a lone client could get at best: the time of an answer that asks nobody, and of one question to the database.

use std::fs;

use anyhow::Context as _;

use super::DATABASE;
use super::awake::Awake;
use super::load::Row;
use crate::postgres::Postgres;
use crate::run::text;

/// What the service asks at every report: has anything changed?
const QUESTION: &str = "SELECT pg_catalog.pg_current_snapshot();\n";

/// What is answered without a question.
const HEALTH: &str = "/health_check";

/// The reports, which ask it.
const REPORTS: &str = "/api/reports/";

/// How many questions a second PostgreSQL answers to a lone client that does nothing else.
pub(super) struct Lone {
    asleep: f64,
    awake: f64,
    /// How the processors were kept awake.
    kept: String,
}

impl Lone {
    /// Asks for so many seconds, twice: the second time while the processors are kept awake.
    pub(super) fn measure(postgres: &Postgres, seconds: u32) -> anyhow::Result<Lone> {
        let asleep = questions(postgres, seconds)?;
        let awake = Awake::keep()?;
        Ok(Lone { asleep, awake: questions(postgres, seconds)?, kept: awake.to_string() })
    }

    /// Of each report of a lone client: the most that could be had of it, and which part of that was.
    pub(super) fn told(&self, rows: &[Row]) -> Vec<String> {
        let mut lines = Vec::new();
        for (awake, questions) in [(false, self.asleep), (true, self.awake)] {
            let alone: Vec<_> =
                rows.iter().filter(|row| row.connections == 1 && row.awake == awake).collect();
            let Some(health) = alone.iter().find(|row| row.endpoint == HEALTH) else { continue };
            let most = 1.0 / (1.0 / health.rate + 1.0 / questions);
            let how = if awake {
                format!("processors awake ({})", self.kept)
            } else {
                "processors as the machine has them".to_owned()
            };
            let mut line = format!(
                "a lone client, {how}: PostgreSQL alone answers {questions:.0} questions a second, {HEALTH} is answered \
                 {:.0} times; one after the other is {most:.0} times",
                health.rate
            );
            for row in alone.iter().filter(|row| row.endpoint.starts_with(REPORTS)) {
                let part = 100.0 * row.rate / most;
                line += &format!(", {}: {:.0} ({part:.0} %)", row.endpoint, row.rate);
            }
            lines.push(line);
        }
        lines
    }
}

fn questions(postgres: &Postgres, seconds: u32) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("question.sql");
    fs::write(&script, QUESTION)?;
    let mut pgbench = postgres.program("pgbench", DATABASE);
    pgbench.args(["--no-vacuum", "--protocol=prepared", "--client=1"]);
    pgbench.arg(format!("--time={seconds}")).arg("--file").arg(&script);
    rate(&text(&mut pgbench)?)
}

fn rate(printed: &str) -> anyhow::Result<f64> {
    let behind = printed.lines().find_map(|line| line.strip_prefix("tps = "));
    let number = behind.and_then(|rest| rest.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).context("pgbench gave no rate")
}

#[cfg(test)]
mod tests {
    use super::{Lone, rate};
    use crate::commands::bench_service::load::Row;

    #[test]
    fn what_pgbench_prints_is_understood() {
        let printed = "number of failed transactions: 0 (0.000%)\nlatency average = 0.1 ms\n\
                       initial connection time = 2.1 ms\ntps = 9876.5 (without initial connection time)\n";
        assert!((rate(printed).unwrap() - 9876.5).abs() < 1e-9);
        assert!(rate("").is_err());
    }

    #[test]
    fn the_most_is_both_one_after_the_other() {
        let row = |endpoint, rate| Row {
            endpoint,
            connections: 1,
            awake: false,
            rate,
            p99: String::new(),
            failed: 0,
            processor: 0.0,
        };
        let rows = [row("/health_check", 6000.0), row("/api/reports/daily_usage", 1500.0)];
        let lines = Lone { asleep: 3000.0, awake: 1.0, kept: String::new() }.told(&rows);
        assert_eq!(lines.len(), 1, "nobody was measured awake");
        assert!(lines[0].ends_with("is 2000 times, /api/reports/daily_usage: 1500 (75 %)"), "{}", lines[0]);
    }
}
