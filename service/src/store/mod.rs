//! Where the reports come from: the databases, behind one trait. Only this module knows Diesel.

mod count;
mod counting;
mod error;
mod flights;
mod fresh;
mod gauges;
mod kept;
mod load;
mod opening;
mod pool;
mod postgres;
mod sqlite;
mod timed;

use std::sync::Arc;

use async_trait::async_trait;
use service_settings::{Database, Settings};

use crate::reports::{Grain, Page, Slot, Span, Visitor};

pub use counting::Counting;
pub use error::{PrepareError, StoreError};
pub use fresh::{Answer, Report};
pub use gauges::{Fold, Gauges, Replica};
pub use load::{LoadError, Loaded, NewToken, NewUser, Refused, Rows};
pub use opening::settle;
pub use pool::PoolState;
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;
pub use timed::{measuring, timed, waited};

/// A database that holds users and their tokens.
///
/// Every question is answered or fails within a bounded time, whatever the database does.
#[async_trait]
pub trait Store: Send + Sync {
    /// Asks whether tokens can be read, within 1.3 seconds. Whether there are any does not
    /// matter, and neither do the users.
    async fn probe(&self) -> Result<(), StoreError>;

    /// The bytes of `report`. They count every token that was committed before the call; while nothing
    /// changes, they come from memory.
    async fn answer(&self, report: Report) -> Result<Answer, StoreError>;

    /// Counts the tokens made within `span`, by the `grain` in which they were made, in any order and
    /// without those that have none. The ends of the span are ends of grains. It is as fresh as an answer, and
    /// comes from memory in the same way.
    async fn slots(&self, span: Span, grain: Grain) -> Result<Arc<[Slot]>, StoreError>;

    /// Reads a page of the users who have tokens, in its order, as fresh and in the same way.
    async fn visitors(&self, page: Page) -> Result<Arc<[Visitor]>, StoreError>;

    /// What the store tells about itself. It asks nobody.
    fn gauges(&self) -> Gauges;

    /// Does what is to be done between the questions, for ever.
    async fn keep_up(&self);

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

/// Brings `rows` into `database`, in one transaction: all of them, or none.
pub fn load<E: std::error::Error + 'static>(
    database: &Database,
    rows: Rows<'_, E>,
) -> Result<Loaded, LoadError<E>> {
    match database {
        Database::Sqlite { file } => sqlite::load(file, rows),
        Database::Postgres(postgres) => postgres::load(postgres, rows),
    }
}
