//! Where the reports come from: the databases, behind one trait. Only this module knows Diesel.

mod error;
mod pool;
mod postgres;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use service_settings::{Database, Settings};

use crate::reports::{DailyUsage, Grain, Page, Slot, Span, UserVisits, Visitor};

pub use error::{PrepareError, StoreError};
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;

/// A database that holds users and their tokens.
///
/// Every question is answered or fails within a bounded time, whatever the database does.
#[async_trait]
pub trait Store: Send + Sync {
    /// Asks whether tokens can be read, within 1.3 seconds. Whether there are any does not
    /// matter, and neither do the users.
    async fn probe(&self) -> Result<(), StoreError>;

    /// Counts the used tokens of each day.
    async fn daily_usage(&self) -> Result<DailyUsage, StoreError>;

    /// Counts all tokens of each user.
    async fn user_visits(&self) -> Result<UserVisits, StoreError>;

    /// Counts the tokens made within `span`, by the `grain` in which they were made, in any order and
    /// without those that have none. The ends of the span are ends of grains.
    async fn slots(&self, span: Span, grain: Grain) -> Result<Vec<Slot>, StoreError>;

    /// Reads a page of the users who have tokens, in its order.
    async fn visitors(&self, page: Page) -> Result<Vec<Visitor>, StoreError>;

    /// Makes the tables if they are missing. This blocks, and may take a minute.
    fn prepare(&self) -> Result<(), PrepareError>;
}

/// A store, as Rocket keeps it.
pub type SharedStore = Arc<dyn Store>;

/// Opens the store that `database` names. Nothing is connected yet: a database that is down is found
/// out by those who ask.
pub fn open(database: &Database, settings: &Settings) -> SharedStore {
    match database {
        Database::Sqlite { file } => Arc::new(SqliteStore::new(file, settings)),
        Database::Postgres(postgres) => Arc::new(PostgresStore::new(postgres, settings)),
    }
}
