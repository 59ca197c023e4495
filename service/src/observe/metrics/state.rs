//! The numbers of this moment.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

use super::process::Process;
use crate::front::Traffic;
use crate::store::Gauges;

/// The numbers of one moment.
#[derive(Debug)]
pub(super) struct State {
    counters: Vec<(&'static str, &'static str, f64)>,
    gauges: Vec<(&'static str, &'static str, f64)>,
}

impl State {
    /// The numbers of now.
    pub(super) fn of(traffic: &Traffic, store: &Gauges) -> State {
        let process = Process::now();
        let mut counters = vec![
            ("coworking_connections_accepted", "Connections accepted", traffic.accepted.get() as f64),
            (
                "coworking_connections_refused",
                "Connections turned away: there were too many",
                traffic.refused.get() as f64,
            ),
            (
                "coworking_connections_displaced",
                "Connections closed while they waited, to make room",
                traffic.displaced.get() as f64,
            ),
            (
                "coworking_connections_head_timeout",
                "Connections cut off: no request, or half of one, for too long",
                traffic.head_timeouts.get() as f64,
            ),
            (
                "coworking_connections_idle_timeout",
                "Connections closed: idle between two requests for too long",
                traffic.idle_timeouts.get() as f64,
            ),
            (
                "coworking_connections_send_timeout",
                "Connections cut off: an answer was not taken",
                traffic.send_timeouts.get() as f64,
            ),
            (
                "coworking_requests_unreadable",
                "Requests that could not be read",
                traffic.unreadable.get() as f64,
            ),
        ];
        let mut gauges = vec![("coworking_connections_open", "Connections open", traffic.open() as f64)];
        let Gauges { pool, replica, counting, fold, unchanged, read } = store;
        counters.extend([
            (
                "coworking_answers_unchanged",
                "Answers found unchanged and served from memory",
                *unchanged as f64,
            ),
            ("coworking_answers_read", "Answers read from the database anew", *read as f64),
            (
                "coworking_rollup_drift_rows",
                "Rows of the roll-ups found wrong, and corrected",
                fold.drift_rows as f64,
            ),
        ]);
        gauges.extend([
            ("coworking_pool_size", "Connections to the database, at most", pool.size.into()),
            ("coworking_pool_open", "Connections to the database", pool.open.into()),
            ("coworking_pool_idle", "Connections to the database that nobody uses", pool.idle.into()),
            (
                "coworking_rollup",
                "1 if reports come from the roll-ups, 0 if from all tokens",
                truth(counting.mode() == "rollup"),
            ),
            (
                "coworking_rollup_defect",
                "1 if the roll-ups are there and cannot be used",
                truth(counting.is_a_defect()),
            ),
            ("coworking_fold_lag_rows", "Changes that wait to be folded", fold.lag_rows as f64),
            ("coworking_fold_lag_seconds", "For how long some have", fold.lag_seconds),
        ]);
        if let Some(replica) = replica {
            gauges.extend([
                ("coworking_replica_up", "1 if reports read from the replica", truth(replica.up)),
                ("coworking_replica_pool_open", "Connections to the replica", replica.pool.open.into()),
                (
                    "coworking_replica_pool_idle",
                    "Connections to the replica that nobody uses",
                    replica.pool.idle.into(),
                ),
            ]);
        }
        if let Some(process) = process {
            counters.push(("process_cpu_seconds", "Processor time, in seconds", process.cpu_seconds));
            gauges.extend([
                ("process_resident_memory_bytes", "Memory in use, in bytes", process.resident_bytes),
                ("process_open_fds", "File descriptors open", process.descriptors),
                ("process_max_fds", "File descriptors that may be open", process.most_descriptors),
                ("process_threads", "Threads", process.threads),
                ("process_start_time_seconds", "When it began, in seconds since 1970", process.start_seconds),
            ]);
        }
        State { counters, gauges }
    }
}

fn truth(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}

impl Collector for State {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        for (name, help, value) in &self.counters {
            let counter = ConstCounter::new(*value);
            counter.encode(encoder.encode_descriptor(name, help, None, counter.metric_type())?)?;
        }
        for (name, help, value) in &self.gauges {
            let gauge = ConstGauge::new(*value);
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)?;
        }
        Ok(())
    }
}
