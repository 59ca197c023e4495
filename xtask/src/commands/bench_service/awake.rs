//! Processors that do not sleep.
//!
//! A lone client and its server wait for each other, so that each in turn finds its processor asleep. A virtual
//! machine whose processors halt at once, and do not look around for the 200 µs of Linux's `haltpoll` first, takes
//! longer to wake one than the whole answer takes, and a report wakes six.

use std::fmt;
use std::fs::File;
use std::io::{self, Write as _};
use std::process::{Child, Stdio};
use std::thread;

use crate::run::command;

/// How long a processor may take to wake, in microseconds, for as long as somebody has the file open.
const LATENCY: &str = "/dev/cpu_dma_latency";

/// Keeps all processors awake until it is dropped.
pub(super) enum Awake {
    /// By Linux's own means, which latency profiles of servers use.
    Latency {
        /// Open.
        _limit: File,
    },
    /// By a loop on each, at a priority that gives way at once: for want of root. It costs those who are measured
    /// something too.
    Loops {
        /// Running.
        _loops: Loops,
        /// Why Linux's own means are not to be had.
        why: io::Error,
    },
}

/// Processes that are killed when this is dropped.
pub(super) struct Loops(Vec<Child>);

impl Awake {
    /// From now on.
    pub(super) fn keep() -> anyhow::Result<Awake> {
        match limit() {
            Ok(limit) => Ok(Awake::Latency { _limit: limit }),
            Err(why) => Ok(Awake::Loops { _loops: Loops::start()?, why }),
        }
    }
}

impl Loops {
    fn start() -> anyhow::Result<Loops> {
        let mut loops = Loops(Vec::new());
        for _ in 0..thread::available_parallelism()?.get() {
            let mut spin = command("chrt");
            spin.args(["--idle", "0", "sh", "-c", "while :; do :; done"]);
            loops.0.push(spin.stdin(Stdio::null()).spawn()?);
        }
        Ok(loops)
    }
}

fn limit() -> io::Result<File> {
    let mut file = File::options().write(true).open(LATENCY)?;
    file.write_all(&0_i32.to_ne_bytes())?;
    Ok(file)
}

impl fmt::Display for Awake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Awake::Latency { .. } => write!(f, "0 in {LATENCY}, for both alike"),
            Awake::Loops { why, .. } => {
                write!(
                    f,
                    "a loop on each at the lowest priority, which takes something from both: {LATENCY} cannot be had ({why}); \
                     run as root for a better measurement"
                )
            }
        }
    }
}

impl Drop for Loops {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // It may be gone already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Loops;

    #[test]
    fn loops_end_with_what_wanted_them() {
        let loops = Loops::start().unwrap();
        let processes: Vec<String> = loops.0.iter().map(|child| format!("/proc/{}", child.id())).collect();
        assert!(!processes.is_empty() && processes.iter().all(|process| Path::new(process).exists()));
        drop(loops);
        assert!(!processes.iter().any(|process| Path::new(process).exists()));
    }
}
