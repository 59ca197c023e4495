//! Steady clients: they ask while something happens, and tell what they saw.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde_json::Value;

use super::stage::{NAMESPACE, Stage};
use crate::console::note;

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
    wrong: Value,
    /// The first of them, with what may say why.
    failures: Vec<Failure>,
    outage: f64,
    p99: f64,
}

/// A question that had no good answer; times are in seconds.
#[derive(Debug, Deserialize)]
struct Failure {
    /// From the beginning of the load to the question.
    after: f64,
    took: f64,
    wrong: String,
    detail: String,
    /// The client's own port, as far as there was a connection.
    port: Option<u16>,
    /// How old the connection was.
    age: f64,
    /// How long it had not been used.
    idle: f64,
    /// How many answers had come by it.
    answers: u64,
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

    /// Says of each failure what may tell why.
    fn explain(&self) {
        for one in &self.failures {
            note(format_args!(
                "failed {:.1} s after the beginning, within {:.3} s: {} ({}), from port {:?} on a connection of {:.1} s, \
                 not used for {:.3} s, after {} answers",
                one.after, one.took, one.wrong, one.detail, one.port, one.age, one.idle, one.answers
            ));
        }
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
        // The clients may have served another run.
        let stop = format!("/tmp/stop-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
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
        self.stop()?;
        let mut told = String::new();
        self.told.read_to_string(&mut told)?;
        self.child.wait()?;
        let seen: Seen = serde_json::from_str(&told).with_context(|| format!("the clients told: {told}"))?;
        seen.explain();
        Ok(seen)
    }

    fn stop(&mut self) -> anyhow::Result<()> {
        let stop = std::mem::take(&mut self.stop);
        self.stage.client(self.who, &["touch", &stop]).map(drop)
    }
}

impl Drop for Steady<'_> {
    fn drop(&mut self) {
        if !self.stop.is_empty() {
            // Its check has failed. What runs in the container does not end with the program that asked for it.
            if let Err(error) = self.stop() {
                note(format_args!("the clients may go on for a while: {error:#}"));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
