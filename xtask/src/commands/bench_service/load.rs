//! Load by wrk, and what it cost.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use super::awake::Awake;
use super::contestant::Running;
use super::{ENDPOINTS, LOADS, cost};
use crate::console::note;
use crate::run::{command, text};

/// What one program did under all loads.
pub(super) struct Measured {
    pub(super) rows: Vec<Row>,
    /// Of memory, in bytes.
    pub(super) peak: u64,
}

/// What it did under one load.
pub(super) struct Row {
    pub(super) endpoint: &'static str,
    pub(super) connections: u32,
    /// Whether the processors were kept awake.
    pub(super) awake: bool,
    /// Requests a second.
    pub(super) rate: f64,
    /// As wrk writes it.
    pub(super) p99: String,
    /// Answers other than 2xx and 3xx, and broken connections.
    pub(super) failed: u64,
    /// Processor time a request, in seconds.
    pub(super) processor: f64,
}

/// Puts it under each load in turn.
pub(super) fn all(running: &Running, seconds: u32) -> anyhow::Result<Measured> {
    let mut rows = Vec::new();
    let mut peak = 0;
    for endpoint in ENDPOINTS {
        // The first requests pay for connections and caches.
        wrk(running, endpoint, 16, 1)?;
        for (connections, awake) in LOADS {
            let _awake = awake.then(Awake::keep).transpose()?;
            note(format_args!("{endpoint}, {connections} connections"));
            let before = cost::processor(&running.processes());
            let done = AtomicBool::new(false);
            let (printed, memory) = thread::scope(|scope| {
                let watch = scope.spawn(|| {
                    let mut peak = 0;
                    while !done.load(Ordering::Relaxed) {
                        peak = peak.max(cost::memory(&running.processes()));
                        thread::sleep(Duration::from_millis(250));
                    }
                    peak
                });
                let printed = wrk(running, endpoint, connections, seconds);
                done.store(true, Ordering::Relaxed);
                (printed, watch.join().unwrap_or(0))
            });
            let printed = printed?;
            peak = peak.max(memory);
            let spent = cost::processor(&running.processes()) - before;
            rows.push(Row { awake, ..row(endpoint, connections, &printed, spent)? });
        }
    }
    Ok(Measured { rows, peak })
}

fn wrk(running: &Running, endpoint: &str, connections: u32, seconds: u32) -> anyhow::Result<String> {
    let url = format!("http://127.0.0.1:{}{endpoint}", running.port);
    let mut wrk = command("wrk");
    wrk.args(["--threads=1", "--latency", "--timeout=10s"]);
    text(wrk.arg(format!("--connections={connections}")).arg(format!("--duration={seconds}s")).arg(url))
}

fn row(endpoint: &'static str, connections: u32, printed: &str, spent: f64) -> anyhow::Result<Row> {
    let behind =
        |label: &str| printed.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    let requests = printed.lines().find_map(|line| line.trim().split_once(" requests in "));
    let requests: f64 =
        requests.and_then(|(count, _)| count.parse().ok()).context("wrk counted no requests")?;
    let errors = behind("Socket errors:").unwrap_or_default();
    let broken: u64 =
        errors.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<u64>().ok()).sum();
    let bad = behind("Non-2xx or 3xx responses:").and_then(|count| count.parse::<u64>().ok()).unwrap_or(0);
    Ok(Row {
        endpoint,
        connections,
        awake: false,
        rate: behind("Requests/sec:").and_then(|rate| rate.parse().ok()).context("wrk gave no rate")?,
        p99: behind("99%").unwrap_or("?").to_owned(),
        failed: bad + broken,
        processor: spent / requests,
    })
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn what_wrk_prints_is_understood() {
        let printed = "Running 4s test @ http://127.0.0.1:1/\n  1 threads and 16 connections\n  Latency Distribution\n     50%    1.00ms\n     \
             99%   14.20ms\n  29000 requests in 4.00s, 4.2MB read\n  Socket errors: connect 1, read 2, write 0, timeout 3\n  \
             Non-2xx or 3xx responses: 7\nRequests/sec:   7250.25\nTransfer/sec:      1.0MB\n";
        let row = row("/", 16, printed, 2.9).unwrap();
        assert_eq!((row.rate, row.p99.as_str(), row.failed), (7250.25, "14.20ms", 13));
        assert!((row.processor - 1e-4).abs() < 1e-12);
    }
}
