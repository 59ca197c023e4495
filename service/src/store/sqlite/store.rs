//! The store itself: each question of the trait, and where it is answered.

use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{CustomizeConnection, Error};
use diesel::sql_types::Integer;
use service_settings::{AnalyticsMode, Settings};
use tokio::time::timeout;

use super::rollup::{Upkeep, trust};
use super::{prepare, reports, slots, tokens, visitors};
use crate::reports::{Grain, Page, Slot, Span, Visitor};
use crate::store::counting::LastCounting;
use crate::store::flights::{Door, Flights};
use crate::store::fresh::{Built, Fresh, Version};
use crate::store::kept::{Kept, Weight};
use crate::store::pool::{Asking, BoundedPool, Bounds, CONNECT, PoolState, Size};
use crate::store::{Answer, Counting, Fold, Gauges, PrepareError, Report, Store, StoreError};

/// The embedded database.
pub struct SqliteStore {
    pool: Arc<BoundedPool<SqliteConnection>>,
    /// The one connection on which versions are compared.
    watched: Arc<BoundedPool<SqliteConnection>>,
    probes: Flights<()>,
    daily_usage: Arc<Fresh>,
    user_visits: Arc<Fresh>,
    reading: Arc<Reading>,
    upkeep: Upkeep,
    file: PathBuf,
    bound: Duration,
}

/// How the rows of a kind of question are read, and where they are kept.
#[derive(Clone, Copy)]
struct Rows<Q, R> {
    kept: fn(&Reading) -> &Kept<Q, R>,
    read: fn(&mut SqliteConnection, &Q, Counting) -> Result<Vec<R>, StoreError>,
}

/// From where reports count, and what is kept of what was read.
struct Reading {
    mode: AnalyticsMode,
    versions: Flights<Version>,
    slots: Kept<(Span, Grain), Slot>,
    visitors: Kept<Page, Visitor>,
    last: LastCounting,
}

impl SqliteStore {
    /// The database in `file`.
    pub fn new(file: &Path, settings: &Settings) -> SqliteStore {
        let bound = settings.timeout();
        let bounds = Bounds { connect: CONNECT, report: bound, upkeep: bound };
        let pool = |reports, probe| {
            let size = Size { reports, probe, upkeep: 0 };
            Arc::new(BoundedPool::new(&file.to_string_lossy(), size, bounds, Box::new(Reader)))
        };
        SqliteStore {
            pool: pool(settings.db_pool_size - 2, 1),
            watched: pool(1, 0),
            probes: Flights::new(),
            daily_usage: Arc::new(Fresh::new()),
            user_visits: Arc::new(Fresh::new()),
            reading: Arc::new(Reading {
                mode: settings.analytics_mode,
                versions: Flights::new(),
                slots: Kept::new(),
                visitors: Kept::new(),
                last: LastCounting::default(),
            }),
            upkeep: Upkeep::new(file, settings),
            file: file.to_owned(),
            bound,
        }
    }

    /// The version of now, asked once for all who wait for it.
    async fn version(&self) -> Result<Version, StoreError> {
        let watched = Arc::clone(&self.watched);
        let ask = |door: Door<Version>| async move {
            let pool = Arc::clone(&watched);
            let question = move |connection: &mut SqliteConnection| {
                door.close();
                connection.transaction(|connection| version(connection, pool.opened()))
            };
            watched.ask(Asking::Report, question).await
        };
        self.reading.versions.join(self.bound, ask).await
    }

    /// The rows of `question`: those that are kept, if nothing has changed; else counted in one snapshot, by a
    /// connection beside the one on which versions are compared. What is committed between the two is among the
    /// rows, and the next version differs.
    async fn rows<Q, R>(&self, question: Q, rows: Rows<Q, R>) -> Result<Arc<[R]>, StoreError>
    where
        Q: Clone + Eq + Hash + Send + Sync + 'static,
        R: Weight + Send + Sync + 'static,
    {
        let version = self.version().await?;
        if let Some(kept) = (rows.kept)(&self.reading).at(&version, &question) {
            return Ok(kept);
        }
        let reading = Arc::clone(&self.reading);
        let ask = move |connection: &mut SqliteConnection| {
            connection.transaction(|connection| {
                let counting = reading.counting(connection)?;
                let read: Arc<[R]> = (rows.read)(connection, &question, counting)?.into();
                (rows.kept)(&reading).keep(version.clone(), question.clone(), &read, true);
                Ok(read)
            })
        };
        self.pool.ask(Asking::Report, ask).await
    }

    /// The same, within the bound of a report: two questions may not take twice as long.
    async fn bounded<T>(
        &self,
        answer: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        timeout(self.bound, answer).await.unwrap_or(Err(StoreError::TimedOut))
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

/// The version of the snapshot in hand.
fn version(connection: &mut SqliteConnection, opened: u64) -> Result<Version, StoreError> {
    Ok(Version { word: reports::version(connection)?, started: 0, opened })
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
        fresh.at(version(connection, opened)?, || {
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
        let pool = Arc::clone(&self.pool);
        let ask = |door: Door<()>| async move {
            let question = move |connection: &mut SqliteConnection| {
                door.close();
                let one = 1.into_sql::<Integer>();
                tokens::table.select(one).limit(1).load::<i32>(connection).map(drop).map_err(StoreError::from)
            };
            pool.ask(Asking::Probe, question).await
        };
        self.probes.join(self.bound, ask).await
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

    async fn slots(&self, span: Span, grain: Grain) -> Result<Arc<[Slot]>, StoreError> {
        let rows = Rows {
            kept: |reading| &reading.slots,
            read: |connection, (span, grain), counting| slots::slots(connection, *span, *grain, counting),
        };
        self.bounded(self.rows((span, grain), rows)).await
    }

    async fn visitors(&self, page: Page) -> Result<Arc<[Visitor]>, StoreError> {
        let rows = Rows { kept: |reading| &reading.visitors, read: visitors::visitors };
        self.bounded(self.rows(page, rows)).await
    }

    fn gauges(&self) -> Gauges {
        let (own, watched) = (self.pool.state(), self.watched.state());
        let Reading { slots, visitors, .. } = &*self.reading;
        let counts =
            [self.daily_usage.counts(), self.user_visits.counts(), slots.counts(), visitors.counts()];
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
