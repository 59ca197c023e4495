//! Processors that do not sleep.
//!
//! A lone client and its server wait for each other, so that each in turn finds its processor asleep. To wake one
//! takes longer than the whole answer, in a virtual machine above all, and on a server that has anything else to do
//! nobody waits for it. What runs at the lowest priority keeps them awake and gives way at once.

use std::process::{Child, Stdio};
use std::thread;

use crate::run::command;

/// Keeps all processors awake until it is dropped.
pub(super) struct Awake(Vec<Child>);

impl Awake {
    /// One loop for each processor.
    pub(super) fn keep() -> anyhow::Result<Awake> {
        let mut awake = Awake(Vec::new());
        for _ in 0..thread::available_parallelism()?.get() {
            let mut spin = command("chrt");
            spin.args(["--idle", "0", "sh", "-c", "while :; do :; done"]);
            awake.0.push(spin.stdin(Stdio::null()).spawn()?);
        }
        Ok(awake)
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // It may be gone already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
