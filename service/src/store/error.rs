//! Why a store did not answer.

use std::sync::Arc;

use diesel::result::{ConnectionError, DatabaseErrorKind, Error as QueryError};
use diesel_migrations::MigrationError;

use crate::reports::CalendarError;

/// Why a store did not answer. Many may have waited for one answer: each gets a copy.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// All connections are in use, and none came free in time.
    #[error("every connection to the database is in use")]
    Busy,
    /// The database took too long.
    #[error("the database did not answer in time")]
    TimedOut,
    /// No connection could be had.
    #[error("the database cannot be reached")]
    Unreachable(#[source] Arc<diesel::r2d2::PoolError>),
    /// Another writes to the embedded database, and does not let go.
    #[error("the database is locked by another")]
    Locked,
    /// The database refused the question.
    #[error("the database refused the question")]
    Query(#[source] Arc<QueryError>),
    /// The database holds a moment that no report can print.
    #[error("the database holds a moment that cannot be printed")]
    Calendar(#[from] CalendarError),
    /// The database holds a token of nobody.
    #[error("the database holds a token without a `user_id`")]
    TokenOfNobody,
    /// The report could not be written.
    #[error("the report could not be written")]
    Encoding(#[source] Arc<serde_json::Error>),
    /// No token may be counted for a report, and the roll-ups cannot be trusted.
    #[error("there are no roll-ups to read, and `ANALYTICS_MODE` is `rollup`")]
    NoRollups,
    /// The thread that asked is gone.
    #[error("the question was abandoned")]
    Abandoned,
}

impl From<QueryError> for StoreError {
    fn from(error: QueryError) -> StoreError {
        match &error {
            // SQLite's words, for which Diesel has no kind.
            QueryError::DatabaseError(DatabaseErrorKind::Unknown, told)
                if ["database is locked", "database table is locked"].contains(&told.message()) =>
            {
                StoreError::Locked
            }
            _ => StoreError::Query(Arc::new(error)),
        }
    }
}

impl From<diesel::r2d2::PoolError> for StoreError {
    fn from(error: diesel::r2d2::PoolError) -> StoreError {
        StoreError::Unreachable(Arc::new(error))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::Encoding(Arc::new(error))
    }
}

/// Why the tables could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// The database cannot be reached.
    #[error("the database cannot be reached")]
    Unreachable(#[from] ConnectionError),
    /// Another replica makes them, and does not finish.
    #[error("another replica has held the lock of the migrations for {0} seconds")]
    Locked(u64),
    /// The database refused: most often for want of a right.
    #[error("the database refused a migration")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The embedded migrations cannot be read.
    #[error("the embedded migrations cannot be read")]
    Source(#[from] MigrationError),
    /// The database refused a statement around the migrations.
    #[error("the database refused a statement")]
    Query(#[from] QueryError),
}
