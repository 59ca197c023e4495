//! The store itself: each question of the trait, and where it is answered.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{CustomizeConnection, Error};
use diesel::sql_types::Integer;
use service_settings::{AnalyticsMode, Settings};

use super::rollup::{Upkeep, trust};
use super::{prepare, reports, slots, tokens, visitors};
use crate::reports::{Grain, Page, Slot, Span, Visitor};
use crate::store::counting::LastCounting;
use crate::store::flights::Door;
use crate::store::fresh::{Built, Fresh, Version};
use crate::store::pool::{Asking, BoundedPool, Bounds, CONNECT, PoolState, Size};
use crate::store::{Answer, Counting, Fold, Gauges, PrepareError, Report, Store, StoreError};

/// The embedded database.
pub struct SqliteStore {
    pool: BoundedPool<SqliteConnection>,
    /// The one connection on which versions are compared.
    watched: Arc<BoundedPool<SqliteConnection>>,
    daily_usage: Arc<Fresh>,
    user_visits: Arc<Fresh>,
    reading: Arc<Reading>,
    upkeep: Upkeep,
    file: PathBuf,
    bound: Duration,
}

/// From where reports count.
struct Reading {
    mode: AnalyticsMode,
    last: LastCounting,
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
            reading: Arc::new(Reading { mode: settings.analytics_mode, last: LastCounting::default() }),
            upkeep: Upkeep::new(file, settings),
            file: file.to_owned(),
            bound,
        }
    }

    /// Asks `question` in one snapshot, and tells it from where to count.
    async fn count<T: Send + 'static>(
        &self,
        question: impl Fn(&mut SqliteConnection, Counting) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let reading = Arc::clone(&self.reading);
        let ask = move |connection: &mut SqliteConnection| {
            connection.transaction(|connection| {
                let counting = reading.counting(connection)?;
                question(connection, counting)
            })
        };
        self.pool.ask(Asking::Report, ask).await
    }
}

impl Reading {
    /// From where to count in the snapshot in hand.
    fn counting(&self, connection: &mut SqliteConnection) -> Result<Counting, StoreError> {
        let counting = trust(connection, self.mode)?;
        self.last.tell(counting);
        Ok(counting)
    }
}

/// The report of now: the answer that is kept, if nothing has changed. The version is that of the rows that are
/// read, and it is asked before them.
fn read(
    connection: &mut SqliteConnection,
    opened: u64,
    report: Report,
    fresh: &Fresh,
    reading: &Reading,
) -> Result<Answer, StoreError> {
    connection.transaction(|connection| {
        let version = Version { word: reports::version(connection)?, started: 0, opened };
        fresh.at(version, || {
            let counting = reading.counting(connection)?;
            let json = match report {
                Report::DailyUsage => reports::daily_usage(connection, counting)?.to_json()?,
                Report::UserVisits => reports::user_visits(connection, counting)?.to_json()?,
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
        let reading = Arc::clone(&self.reading);
        let ask = |door: Door<Answer>| async move {
            let pool = Arc::clone(&watched);
            let question = move |connection: &mut SqliteConnection| {
                door.close();
                read(connection, pool.opened(), report, &kept, &reading)
            };
            watched.ask(Asking::Report, question).await
        };
        fresh.flights.join(self.bound, ask).await
    }

    async fn slots(&self, span: Span, grain: Grain) -> Result<Vec<Slot>, StoreError> {
        self.count(move |connection, counting| slots::slots(connection, span, grain, counting)).await
    }

    async fn visitors(&self, page: Page) -> Result<Vec<Visitor>, StoreError> {
        self.count(move |connection, counting| visitors::visitors(connection, &page, counting)).await
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
            counting: self.reading.last.get().unwrap_or_default(),
            fold: Fold { drift_rows: self.upkeep.drift(), ..Fold::default() },
            unchanged: counts.iter().map(|(unchanged, _)| unchanged).sum(),
            read: counts.iter().map(|(_, read)| read).sum(),
            ..Gauges::default()
        }
    }

    async fn keep_up(&self) {
        self.upkeep.run(&self.reading.last).await;
    }

    fn prepare(&self) -> Result<(), PrepareError> {
        prepare::prepare(&self.file, self.reading.mode)
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
