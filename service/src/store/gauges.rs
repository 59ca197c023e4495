//! What a store tells about itself, without asking its database.

use super::{Counting, PoolState};

/// What a store tells about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gauges {
    /// The connections to the database.
    pub pool: PoolState,
    /// The connections to the read replica, if there is one.
    pub replica: Option<Replica>,
    /// From where the last report counted.
    pub counting: Counting,
    /// How folding stands.
    pub fold: Fold,
    /// How often an answer was found unchanged, asked once for all who waited.
    pub unchanged: u64,
    /// How often an answer was read anew.
    pub read: u64,
}

/// A read replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replica {
    /// Its connections.
    pub pool: PoolState,
    /// Whether reports read from it; else they read from the primary.
    pub up: bool,
}

/// How folding stands, as this replica of the service saw it last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fold {
    /// How many rows of the delta wait to be folded.
    pub lag_rows: i64,
    /// For how long some have.
    pub lag_seconds: f64,
    /// How many rows of the roll-ups were found wrong since the start, and corrected.
    pub drift_rows: i64,
}
