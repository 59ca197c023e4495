//! Steady clients: they ask while something happens, and tell what they saw.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde_json::Value;

use super::stage::{NAMESPACE, Stage};

/// Clients that ask until they are stopped.
pub(super) struct Steady<'a> {
    stage: &'a Stage<'a>,
    who: &'static str,
    stop: String,
    child: Child,
    told: BufReader<ChildStdout>,
}

/// What clients saw.
#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    pub(super) asked: u64,
    pub(super) failed: u64,
    pub(super) wrong: Value,
    outage: f64,
    p99: f64,
}

impl Seen {
    /// The longest time in which not all was answered.
    pub(super) fn outage(&self) -> Duration {
        Duration::from_secs_f64(self.outage)
    }

    /// The time in which ninety-nine of a hundred answers came.
    pub(super) fn p99(&self) -> Duration {
        Duration::from_secs_f64(self.p99)
    }

    /// Failures as people read them.
    pub(super) fn failures(&self) -> String {
        match self.failed {
            0 => format!("0 failed of {}", self.asked),
            failed => format!("{failed} failed of {}: {}", self.asked, self.wrong),
        }
    }
}

impl<'a> Steady<'a> {
    /// Begins to ask an URL, so many times a second on eight connections.
    pub(super) fn begin(
        stage: &'a Stage<'a>,
        who: &'static str,
        url: &str,
        per_second: u32,
    ) -> anyhow::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let stop = format!("/tmp/stop-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let words = [
            "exec",
            "--namespace",
            NAMESPACE,
            who,
            "--",
            "ask",
            "steadily",
            url,
            "8",
            &per_second.to_string(),
            &stop,
        ];
        let mut child =
            stage.kubectl().command(&words).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut told = BufReader::new(child.stdout.take().context("kubectl has no output")?);
        let mut line = String::new();
        told.read_line(&mut line)?;
        ensure!(line.trim() == "asking", "the clients do not ask: {line}");
        Ok(Self { stage, who, stop, child, told })
    }

    /// Stops them, and gives what they saw.
    pub(super) fn end(mut self) -> anyhow::Result<Seen> {
        self.stage.client(self.who, &["touch", &self.stop])?;
        let mut told = String::new();
        self.told.read_to_string(&mut told)?;
        self.child.wait()?;
        serde_json::from_str(&told).with_context(|| format!("the clients told: {told}"))
    }
}

impl Drop for Steady<'_> {
    fn drop(&mut self) {
        // It has ended, or its check has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
