//! What became of connections, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// What became of connections. Rocket keeps it, too.
#[derive(Debug, Default)]
pub struct Traffic {
    /// Accepted since the start.
    pub accepted: Count,
    /// Ended since the start.
    pub ended: Count,
    /// Turned away: there were too many, and none that only waited.
    pub refused: Count,
    /// Closed while they waited, to make room for another.
    pub displaced: Count,
    /// Cut off: no request, or half of one, for too long.
    pub head_timeouts: Count,
    /// Closed: idle between two requests for too long.
    pub idle_timeouts: Count,
    /// Cut off: an answer was not taken.
    pub send_timeouts: Count,
    /// Requests that could not be read.
    pub unreadable: Count,
}

/// A number that grows.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// Adds one.
    pub(super) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The number.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Traffic {
    /// How many connections are open.
    pub fn open(&self) -> u64 {
        let ended = self.ended.get();
        self.accepted.get().saturating_sub(ended)
    }
}
