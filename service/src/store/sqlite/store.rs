//! The store itself: each question of the trait, and where it is answered.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{CustomizeConnection, Error};
use diesel::sql_types::Integer;
use service_settings::Settings;

use super::{prepare, reports, slots, tokens, visitors};
use crate::reports::{Grain, Page, Slot, Span, Visitor};
use crate::store::flights::Door;
use crate::store::fresh::{Built, Fresh, Version};
use crate::store::pool::{Asking, BoundedPool, Bounds, CONNECT, PoolState, Size};
use crate::store::{Answer, Counting, Gauges, PrepareError, Report, Store, StoreError};

/// The embedded database. Its reports count all tokens.
pub struct SqliteStore {
    pool: BoundedPool<SqliteConnection>,
    /// The one connection on which versions are compared.
    watched: Arc<BoundedPool<SqliteConnection>>,
    daily_usage: Arc<Fresh>,
    user_visits: Arc<Fresh>,
    file: PathBuf,
    bound: Duration,
}

impl SqliteStore {
    /// The database in `file`.
    pub fn new(file: &Path, settings: &Settings) -> SqliteStore {
        let bound = settings.timeout();
        let bounds = Bounds { connect: CONNECT, report: bound, upkeep: bound };
        let pool = |reports, probe| {
            let size = Size { reports, probe, upkeep: 0 };
            BoundedPool::new(&file.to_string_lossy(), size, bounds, Box::new(Reader))
        };
        SqliteStore {
            pool: pool(settings.db_pool_size - 2, 1),
            watched: Arc::new(pool(1, 0)),
            daily_usage: Arc::new(Fresh::new()),
            user_visits: Arc::new(Fresh::new()),
            file: file.to_owned(),
            bound,
        }
    }
}

/// The report of now: the answer that is kept, if nothing has changed. The version is that of the rows that are
/// read, and it is asked before them.
fn read(
    connection: &mut SqliteConnection,
    opened: u64,
    report: Report,
    fresh: &Fresh,
) -> Result<Answer, StoreError> {
    connection.transaction(|connection| {
        let version = Version { word: reports::version(connection)?, started: 0, opened };
        fresh.at(version, || {
            let json = match report {
                Report::DailyUsage => reports::daily_usage(connection)?.to_json()?,
                Report::UserVisits => reports::user_visits(connection)?.to_json()?,
            };
            Ok(Built { answer: json.into(), lasting: true })
        })
    })
}

#[async_trait]
impl Store for SqliteStore {
    async fn probe(&self) -> Result<(), StoreError> {
        let question = |connection: &mut SqliteConnection| {
            let one = 1.into_sql::<Integer>();
            tokens::table.select(one).limit(1).load::<i32>(connection).map(drop).map_err(StoreError::from)
        };
        self.pool.ask(Asking::Probe, question).await
    }

    async fn answer(&self, report: Report) -> Result<Answer, StoreError> {
        let fresh = match report {
            Report::DailyUsage => &self.daily_usage,
            Report::UserVisits => &self.user_visits,
        };
        let (watched, kept) = (Arc::clone(&self.watched), Arc::clone(fresh));
        let ask = |door: Door<Answer>| async move {
            let pool = Arc::clone(&watched);
            let question = move |connection: &mut SqliteConnection| {
                door.close();
                read(connection, pool.opened(), report, &kept)
            };
            watched.ask(Asking::Report, question).await
        };
        fresh.flights.join(self.bound, ask).await
    }

    async fn slots(&self, span: Span, grain: Grain) -> Result<Vec<Slot>, StoreError> {
        self.pool.ask(Asking::Report, move |connection| slots::slots(connection, span, grain)).await
    }

    async fn visitors(&self, page: Page) -> Result<Vec<Visitor>, StoreError> {
        self.pool.ask(Asking::Report, move |connection| visitors::visitors(connection, &page)).await
    }

    fn gauges(&self) -> Gauges {
        let (own, watched) = (self.pool.state(), self.watched.state());
        let counts = [&self.daily_usage, &self.user_visits].map(|fresh| fresh.counts());
        Gauges {
            pool: PoolState {
                size: own.size + watched.size,
                open: own.open + watched.open,
                idle: own.idle + watched.idle,
            },
            counting: Counting::Absent,
            unchanged: counts.iter().map(|(unchanged, _)| unchanged).sum(),
            read: counts.iter().map(|(_, read)| read).sum(),
            ..Gauges::default()
        }
    }

    async fn keep_up(&self) {}

    fn prepare(&self) -> Result<(), PrepareError> {
        prepare::prepare(&self.file)
    }
}

/// Makes a session read-only, and patient with whoever writes.
#[derive(Debug)]
struct Reader;

impl CustomizeConnection<SqliteConnection, Error> for Reader {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), Error> {
        connection
            .batch_execute("PRAGMA busy_timeout = 1000; PRAGMA query_only = on")
            .map_err(Error::QueryError)
    }
}
