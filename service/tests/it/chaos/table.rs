//! What was seen, and what may be seen.

use std::collections::BTreeMap;
use std::time::Duration;

/// What clients may notice of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// Nothing: no request fails.
    Nothing,
    /// Requests fail, in time, and are told to come back.
    Failures,
}

/// What was seen of one fault.
pub(super) struct Row {
    pub(super) fault: &'static str,
    pub(super) may: Notice,
    pub(super) requests: usize,
    /// Those answered otherwise than 200, by status.
    pub(super) failed: BTreeMap<u16, usize>,
    /// Those not answered at all.
    pub(super) cut: usize,
    pub(super) slowest: Duration,
    pub(super) health: Duration,
    /// The slowest answer of an echo beside the service, over the same time: what the machine itself takes.
    pub(super) machine: Duration,
    pub(super) good_again: Duration,
    /// Threads that the service had at most.
    pub(super) threads: usize,
}

/// All that was seen.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

impl Table {
    pub(super) fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    pub(super) fn print(&self) {
        let ms = |duration: Duration| format!("{:.0} ms", duration.as_secs_f64() * 1000.0);
        println!(
            "| fault | requests | failed | slowest answer | health's slowest | the machine's | good again | threads |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        for row in &self.rows {
            println!(
                "| {} | {} | {} | {} | {} | {} | {} | {} |",
                row.fault,
                row.requests,
                failed(row),
                ms(row.slowest),
                ms(row.health),
                ms(row.machine),
                ms(row.good_again),
                row.threads
            );
        }
    }

    /// The table's figures hold where nobody else is at work: the row without a fault tells how busy the machine is.
    /// Every answer within 2.5 s, health within 50 ms, good again within 1 s: and what a busy machine adds to that.
    pub(super) fn check(&self) {
        let usual = self.rows[0].health;
        for row in &self.rows {
            let Row { fault, requests, failed, cut, slowest, health, machine, good_again, threads, .. } = row;
            let busy = usual.max(*machine) * 4;
            assert!(*requests > 0, "{fault}: nobody asked");
            assert_eq!(*cut, 0, "{fault}: requests without an answer");
            if row.may == Notice::Nothing {
                assert!(failed.is_empty(), "{fault}: {failed:?}");
            }
            assert!(*slowest <= Duration::from_millis(2500) + busy, "{fault}: {slowest:?}");
            assert!(*health <= Duration::from_millis(50) + busy, "{fault}: {health:?}");
            assert!(*good_again <= Duration::from_millis(1000) + busy, "{fault}: {good_again:?}");
            assert!(*threads <= 24, "{fault}: {threads}");
        }
    }
}

/// `3`, and of which status: `3 (503)`.
fn failed(row: &Row) -> String {
    let statuses: Vec<String> = row.failed.keys().map(u16::to_string).collect();
    let count: usize = row.cut + row.failed.values().sum::<usize>();
    if statuses.is_empty() { count.to_string() } else { format!("{count} ({})", statuses.join(", ")) }
}
