//! The watch over threads that are away from their lanes.
//!
//! It looks up a few hundred times a second while any thread leaves at all, and sleeps otherwise.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};

use super::lane::Lane;

/// A thread that is away for one to two of them is relieved.
const TICK: Duration = Duration::from_millis(5);

/// After so many ticks in which no thread has left, the watch sleeps.
const QUIET: u32 = 20;

/// How a lane's thread wakes the watch.
pub(super) struct Watch {
    thread: Thread,
    asleep: AtomicBool,
}

/// Wakes the watch when it is dropped.
pub(super) struct StirInTheEnd(Arc<Watch>);

/// The threads that drive lanes.
#[derive(Default)]
pub(super) struct Drivers(Vec<JoinHandle<()>>);

impl Watch {
    /// This thread is to watch.
    pub(super) fn by_this_thread() -> Watch {
        Watch { thread: thread::current(), asleep: AtomicBool::new(false) }
    }

    /// Wakes it, if it sleeps.
    pub(super) fn stir(&self) {
        if self.asleep.load(Ordering::SeqCst) && self.asleep.swap(false, Ordering::SeqCst) {
            self.thread.unpark();
        }
    }

    /// Wakes it in any case, when what this gives is dropped.
    pub(super) fn stir_in_the_end(self: &Arc<Watch>) -> StirInTheEnd {
        StirInTheEnd(Arc::clone(self))
    }
}

impl Drop for StirInTheEnd {
    fn drop(&mut self) {
        self.0.thread.unpark();
    }
}

impl Drivers {
    /// Starts one, which does `work` with `lane`.
    pub(super) fn start(
        &mut self,
        lane: &Arc<Lane>,
        work: impl FnOnce(Arc<Lane>) + Send + 'static,
    ) -> io::Result<()> {
        let lane = Arc::clone(lane);
        self.0.push(thread::Builder::new().name("lane".to_owned()).spawn(move || work(lane))?);
        self.0.retain(|driver| !driver.is_finished());
        Ok(())
    }

    /// Waits for their end, no longer than `mercy`.
    pub(super) fn wait(&self, mercy: Duration) {
        let start = Instant::now();
        while start.elapsed() < mercy && !self.0.iter().all(JoinHandle::is_finished) {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Watches over `lanes` until the outcome is there; `None` if it never comes.
pub(super) fn until<T>(done: &Receiver<T>, lanes: &[Arc<Lane>], drivers: &mut Drivers) -> Option<T> {
    let mut seen = turns(lanes);
    let mut quiet = 0;
    loop {
        match done.try_recv() {
            Ok(done) => return Some(done),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => {}
        }
        if quiet < QUIET {
            thread::park_timeout(TICK);
        } else {
            let asleep = &lanes[0].watch.asleep;
            asleep.store(true, Ordering::SeqCst);
            // Who leaves from here on sees that it sleeps.
            if turns(lanes) == seen {
                thread::park();
            }
            asleep.store(false, Ordering::SeqCst);
            quiet = 0;
        }
        let now = turns(lanes);
        let mut any_away = false;
        for ((lane, now), before) in lanes.iter().zip(&now).zip(&seen) {
            let (turn, away) = *now;
            any_away |= away;
            if away && now == before {
                relieve(lane, turn, drivers);
            }
        }
        quiet = if any_away || now != seen { 0 } else { quiet + 1 };
        seen = now;
    }
}

fn turns(lanes: &[Arc<Lane>]) -> Vec<(u64, bool)> {
    lanes.iter().map(|lane| lane.turn()).collect()
}

/// Has another thread drive `lane`, whose own left at `turn`, unless it is back before.
fn relieve(lane: &Arc<Lane>, turn: u64, drivers: &mut Drivers) {
    let drive = move |lane: Arc<Lane>| {
        if lane.take(turn) {
            lane.drive();
        }
    };
    if let Err(error) = drivers.start(lane, drive) {
        tracing::error!(%error, "no thread can be had for a lane whose own is held up");
    }
}
