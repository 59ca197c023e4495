//! One lane, and the thread that drives it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use super::aside::{self, Job, Told};
use super::watch::Watch;

/// After what blocked for longer, the next is done elsewhere: there a wake-up matters little.
const QUICK: Duration = Duration::from_micros(500);

thread_local! {
    /// What this thread drives.
    static LANE: RefCell<Option<Arc<Lane>>> = const { RefCell::new(None) };
}

pub(super) struct Lane {
    pub(super) runtime: Runtime,
    pub(super) watch: Arc<Watch>,
    /// Connections that are open there.
    pub(super) open: Arc<AtomicUsize>,
    /// Requests that are being answered.
    in_hand: Arc<AtomicUsize>,
    pub(super) pace: Arc<Pace>,
    /// Odd while its thread is away with a job. Whoever makes it even drives the lane.
    turn: AtomicU64,
    desk: Mutex<Desk>,
}

/// Whether what blocked last was quick.
#[derive(Default)]
pub(super) struct Pace(AtomicBool);

impl Pace {
    /// Tells how long what blocked took.
    pub(super) fn took(&self, time: Duration) {
        self.0.store(time < QUICK, Ordering::Relaxed);
    }

    fn is_quick(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Until this is known, nobody else should wait for the same.
    fn is_not_known(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// What the thread finds each time that it is called.
#[derive(Default)]
struct Desk {
    job: Option<Job>,
    ended: bool,
    call: Option<Waker>,
}

impl Desk {
    /// Calls the thread, unless it comes for the first time anyway.
    fn call(&self) {
        if let Some(call) = &self.call {
            call.wake_by_ref();
        }
    }
}

/// Why the thread leaves the runtime.
enum Leaving {
    For(Job),
    ForGood,
}

/// Counts one more until it is dropped.
pub(crate) struct Counted(Arc<AtomicUsize>);

impl Counted {
    pub(super) fn new(count: &Arc<AtomicUsize>) -> Counted {
        count.fetch_add(1, Ordering::Relaxed);
        Counted(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Tells this thread's lane of a request, until it is dropped.
pub(crate) fn in_hand() -> Option<Counted> {
    LANE.with_borrow(|lane| lane.as_ref().map(|lane| Counted::new(&lane.in_hand)))
}

impl Lane {
    /// One that nobody drives.
    pub(super) fn new(watch: Arc<Watch>) -> io::Result<Lane> {
        Ok(Lane {
            runtime: Builder::new_current_thread().thread_name("aside").enable_all().build()?,
            watch,
            open: Arc::default(),
            in_hand: Arc::default(),
            pace: Arc::default(),
            turn: AtomicU64::new(0),
            desk: Mutex::default(),
        })
    }

    /// That of this thread.
    pub(super) fn here() -> Option<Arc<Lane>> {
        LANE.with_borrow(Option::clone)
    }

    /// Drives the lane until it ends, or until another thread does because this one was away for too long.
    pub(super) fn drive(self: Arc<Lane>) {
        LANE.set(Some(Arc::clone(&self)));
        let mut told: Option<Told> = None;
        loop {
            let leaving = self.runtime.block_on(poll_fn(|cx| {
                // Told in here, it wakes a task and no thread.
                if let Some(told) = told.take() {
                    told();
                }
                self.look(cx)
            }));
            let Leaving::For(job) = leaving else { break };
            let turn = self.leave();
            let start = Instant::now();
            // If it panics, this thread ends, and is relieved.
            let outcome = job();
            self.pace.took(start.elapsed());
            if !self.take(turn) {
                outcome();
                break;
            }
            told = Some(outcome);
        }
        LANE.set(None);
    }

    /// Has `job` done by its thread itself, or elsewhere if that is better for others.
    pub(super) fn take_on(&self, job: Job) {
        let mut desk = self.desk();
        if desk.job.is_none() && self.is_alone() && self.pace.is_quick() {
            desk.job = Some(job);
            desk.call();
        } else {
            drop(desk);
            aside::start(job, Some(&self.pace));
        }
    }

    /// How often its thread left and came back; whether it is away now.
    pub(super) fn turn(&self) -> (u64, bool) {
        let turn = self.turn.load(Ordering::SeqCst);
        (turn, turn % 2 == 1)
    }

    /// Makes this thread the one to drive, if the one that left at `turn` is still away.
    pub(super) fn take(&self, turn: u64) -> bool {
        self.turn.compare_exchange(turn, turn + 1, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Has its thread end.
    pub(super) fn end(&self) {
        let mut desk = self.desk();
        desk.ended = true;
        desk.call();
    }

    fn leave(&self) -> u64 {
        self.pace.is_not_known();
        let turn = self.turn.fetch_add(1, Ordering::SeqCst) + 1;
        self.watch.stir();
        turn
    }

    /// Whether at most one request is in hand.
    fn is_alone(&self) -> bool {
        self.in_hand.load(Ordering::Relaxed) <= 1
    }

    fn look(&self, cx: &mut Context<'_>) -> Poll<Leaving> {
        let mut desk = self.desk();
        if desk.ended {
            return Poll::Ready(Leaving::ForGood);
        }
        if !desk.call.as_ref().is_some_and(|call| call.will_wake(cx.waker())) {
            desk.call = Some(cx.waker().clone());
        }
        match desk.job.take() {
            Some(job) if self.is_alone() => Poll::Ready(Leaving::For(job)),
            Some(job) => {
                // Others came in the meantime.
                drop(desk);
                aside::start(job, Some(&self.pace));
                Poll::Pending
            }
            None => Poll::Pending,
        }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
