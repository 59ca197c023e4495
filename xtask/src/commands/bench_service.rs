//! `cargo xtask bench-service`: the service beside a Flask service that answers the same.

mod awake;
mod contestant;
mod cost;
mod kept;
mod load;
mod lone;
mod scale;
mod seeded;
mod writes;

use std::time::Duration;

use anyhow::{bail, ensure};
use clap::Args;

use self::contestant::Contestant;
use crate::console::{note, say, time};
use crate::debian::{self, POSTGRESQL, WRK};
use crate::postgres::Postgres;
use crate::table::Table;

/// Measures the service: throughput, memory and start, beside Flask on the same PostgreSQL
///
/// Both answer the four old endpoints from the same database, one after the other, each under wrk with 1, 16 and 64
/// connections, and once more with 1 while the processors are kept from sleeping: where they halt as soon as they have
/// nothing to do, to wake one takes longer than the answer, and both wait for that. What a lone client could get at
/// best is measured beside it: no report can be faster than an answer without a question and one question to the
/// database. Memory is the greatest proportional set size of all processes; processor time is theirs and not
/// PostgreSQL's. All of it shares this machine's processors, so look at the ratios.
///
/// With `--scale`, how long one answer takes at each number of tokens; with `--writes`, what the roll-ups cost those
/// who write tokens.
#[derive(Args)]
pub(crate) struct BenchService {
    /// How many tokens there are
    #[arg(long, default_value_t = 10_000)]
    tokens: u32,
    /// Seconds of each load
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// Instead, the time of an answer at each of these numbers of tokens, such as 10000,1000000,10000000
    #[arg(long, value_name = "TOKENS", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1000..))]
    scale: Vec<u32>,
    /// Instead, how many tokens are written a second without roll-ups, with them, and while they are folded: in so
    /// many rounds
    #[arg(long, value_name = "ROUNDS", conflicts_with = "scale", value_parser = clap::value_parser!(u32).range(1..))]
    writes: Option<u32>,
}

/// The old endpoints.
const ENDPOINTS: [&str; 4] =
    ["/health_check", "/readiness_check", "/api/reports/daily_usage", "/api/reports/user_visits"];

/// Connections, and whether the processors are kept awake.
const LOADS: [(u32, bool); 4] = [(1, false), (1, true), (16, false), (64, false)];

const DATABASE: &str = "coworking";

impl BenchService {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some((program, why)) = debian::provide(&[&POSTGRESQL, &WRK])?.first() {
            bail!("the benchmark needs {}: {why}", program.name);
        }
        if !self.scale.is_empty() {
            return scale::run(&self.scale);
        }
        if let Some(rounds) = self.writes {
            return writes::run(rounds, self.seconds);
        }
        let folder = tempfile::tempdir()?;
        let service = contestant::service()?;
        let flask = contestant::flask()?;
        let postgres = Postgres::start(&[("max_connections", "100"), ("shared_buffers", "128MB")])?;
        postgres.sql("postgres", &format!("CREATE DATABASE {DATABASE}"))?;
        let variables = postgres.variables(DATABASE);
        contestant::migrate(&service, &variables, folder.path())?;
        fill(&postgres, self.tokens)?;

        let mut measured = Vec::new();
        let mut answers = Vec::new();
        for program in [&service, &flask] {
            note(format_args!("starting {}", program.name));
            let running = program.start(&variables, folder.path())?;
            answers.push(ENDPOINTS.map(|endpoint| running.get(endpoint)));
            measured.push((running.started, load::all(&running, self.seconds)?));
        }
        same(&answers)?;
        report(&service, &flask, &measured);
        note(format_args!("asking PostgreSQL alone"));
        for line in lone::Lone::measure(&postgres, self.seconds)?.told(&measured[0].1.rows) {
            say(line);
        }

        let mut embedded = Vec::new();
        for _ in 0..5 {
            let folder = tempfile::tempdir()?;
            embedded.push(service.start(&[], folder.path())?.started);
        }
        embedded.sort_unstable();
        say(format_args!(
            "\nfrom start to the first good report: {} on PostgreSQL, {} with the embedded database (median of 5, its sample \
             is made first); {}: {}",
            time(measured[0].0),
            time(embedded[2]),
            flask.name,
            time(measured[1].0),
        ));
        Ok(())
    }
}

/// Users and tokens over a year, nine in ten used.
fn fill(postgres: &Postgres, tokens: u32) -> anyhow::Result<()> {
    let users = (tokens / 100).max(10);
    postgres.sql(
        DATABASE,
        &format!(
            "INSERT INTO users (first_name, last_name, joined_at) \
             SELECT 'First', 'Last', timestamp '2025-01-01' + i * interval '1 hour' FROM generate_series(1, {users}) i; \
             INSERT INTO tokens (user_id, token, created_at, used_at) \
             SELECT 1 + i % {users}, lpad(to_hex(i % 1048576), 6, '0'), timestamp '2025-01-01' + (i % 525600) * interval '1 minute', \
                    CASE WHEN i % 10 > 0 THEN timestamp '2025-01-01' + (i % 525600) * interval '1 minute' END \
             FROM generate_series(1, {tokens}) i; ANALYZE"
        ),
    )?;
    Ok(())
}

/// Both must say the same, or nothing is compared.
fn same(answers: &[[anyhow::Result<String>; 4]]) -> anyhow::Result<()> {
    let [ours, theirs] = answers else { bail!("there are not two") };
    for ((endpoint, ours), theirs) in ENDPOINTS.iter().zip(ours).zip(theirs) {
        let (Ok(ours), Ok(theirs)) = (ours, theirs) else { bail!("{endpoint}: {ours:?} and {theirs:?}") };
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        ensure!(
            ours == theirs || (value(ours).is_some() && value(ours) == value(theirs)),
            "{endpoint}: the answers differ, so that there is nothing to compare:\n{ours:.300}\n{theirs:.300}"
        );
    }
    Ok(())
}

fn report(service: &Contestant, flask: &Contestant, measured: &[(Duration, load::Measured)]) {
    let [(_, ours), (_, theirs)] = measured else { return };
    let mut table = Table::new([
        "endpoint",
        "connections",
        "requests a second",
        "of Flask",
        "times",
        "99th percentile",
        "of Flask",
        "processor time a request",
        "of Flask",
    ]);
    for (ours, theirs) in ours.rows.iter().zip(&theirs.rows) {
        table.row([
            ours.endpoint.to_owned(),
            format!("{}{}", ours.connections, if ours.awake { ", awake" } else { "" }),
            format!("{:.0}", ours.rate),
            format!("{:.0}", theirs.rate),
            format!("{:.1}", ours.rate / theirs.rate),
            ours.p99.clone(),
            theirs.p99.clone(),
            format!("{:.0} µs", ours.processor * 1e6),
            format!("{:.0} µs", theirs.processor * 1e6),
        ]);
    }
    say(table.text().trim_end());
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    say(format_args!(
        "\npeak memory: {} {:.1} MB, {} {:.1} MB: {:.1} times",
        service.name,
        megabytes(ours.peak),
        flask.name,
        megabytes(theirs.peak),
        megabytes(theirs.peak) / megabytes(ours.peak),
    ));
    let failed = |measured: &load::Measured| measured.rows.iter().map(|row| row.failed).sum::<u64>();
    say(format_args!(
        "answers other than 2xx: {} {}, {} {}",
        service.name,
        failed(ours),
        flask.name,
        failed(theirs)
    ));
}
