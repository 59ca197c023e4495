//! The store itself: each question of the trait, and where it is answered.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use service_settings::{AnalyticsMode, Postgres, Settings};
use tokio::time::timeout;

use super::rollup::{Trust, Upkeep, trust};
use super::servers::{Opened, Servers};
use super::{migrate, reports, slots, tokens, version, visitors};
use crate::reports::{Grain, Page, Slot, Span, Visitor};
use crate::store::counting::LastCounting;
use crate::store::flights::{Door, Flights};
use crate::store::fresh::{Built, Fresh, Version};
use crate::store::kept::{Kept, Weight};
use crate::store::pool::Asking;
use crate::store::{Answer, Counting, Gauges, PrepareError, Report, Store, StoreError};

/// A PostgreSQL server.
///
/// Dates and moments come in its binary form, as numbers, which no `DateStyle` or `TimeZone` changes.
pub struct PostgresStore {
    servers: Arc<Servers>,
    reading: Arc<Reading>,
    probes: Flights<()>,
    upkeep: Upkeep,
    bound: Duration,
}

/// How the rows of a kind of question are read, where they are kept, and whether they may be.
#[derive(Clone, Copy)]
struct Rows<Q, R> {
    kept: fn(&Reading) -> &Kept<Q, R>,
    read: fn(&mut PgConnection, &Q, Counting) -> Result<Vec<R>, StoreError>,
    lasting: fn(Trust) -> bool,
}

/// How reports are read, and what is kept of them.
struct Reading {
    mode: AnalyticsMode,
    daily_usage: Fresh,
    user_visits: Fresh,
    versions: Flights<Version>,
    slots: Kept<(Span, Grain), Slot>,
    visitors: Kept<Page, Visitor>,
    /// From where the last report counted.
    counting: LastCounting,
}

impl PostgresStore {
    /// The server that `postgres` tells of.
    pub fn new(postgres: &Postgres, settings: &Settings) -> PostgresStore {
        let mode = settings.analytics_mode;
        let reading = Reading {
            mode,
            daily_usage: Fresh::new(),
            user_visits: Fresh::new(),
            versions: Flights::new(),
            slots: Kept::new(),
            visitors: Kept::new(),
            counting: LastCounting::default(),
        };
        PostgresStore {
            servers: Arc::new(Servers::new(postgres, settings)),
            reading: Arc::new(reading),
            probes: Flights::new(),
            upkeep: Upkeep::new(mode, settings.analytics_reconcile_seconds),
            bound: settings.timeout(),
        }
    }

    /// The version of now, asked once for all who wait for it.
    async fn version(&self) -> Result<Version, StoreError> {
        let servers = Arc::clone(&self.servers);
        let ask = |door: Door<Version>| async move {
            let door = Arc::new(door);
            let question = move |connection: &mut PgConnection, opened: Opened| {
                door.close();
                version::version(connection, opened)
            };
            servers.report(question).await
        };
        self.reading.versions.join(self.bound, ask).await
    }

    /// The rows of `question`: those that are kept, if nothing has changed; else counted in one snapshot.
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
        let ask = move |connection: &mut PgConnection, opened: Opened| {
            // Asked again, since it may be another server that answers.
            let version = version::version(connection, opened)?;
            reading.in_one_snapshot(connection, |connection, trust| {
                let read: Arc<[R]> = (rows.read)(connection, &question, trust.counting)?.into();
                (rows.kept)(&reading).keep(version, question.clone(), &read, (rows.lasting)(trust));
                Ok(read)
            })
        };
        self.servers.report(ask).await
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
    fn fresh(&self, report: Report) -> &Fresh {
        match report {
            Report::DailyUsage => &self.daily_usage,
            Report::UserVisits => &self.user_visits,
        }
    }

    /// The report of now: the answer that is kept, if nothing has changed.
    fn read(
        &self,
        connection: &mut PgConnection,
        opened: Opened,
        report: Report,
    ) -> Result<Answer, StoreError> {
        let version = version::version(connection, opened)?;
        self.fresh(report).at(version, || {
            self.in_one_snapshot(connection, |connection, trust| {
                let (tokens, users) = trust.lasting;
                Ok(match report {
                    Report::DailyUsage => Built {
                        answer: reports::daily_usage(connection, trust.counting)?.to_json()?.into(),
                        lasting: tokens,
                    },
                    Report::UserVisits => Built {
                        answer: reports::user_visits(connection, trust.counting)?.to_json()?.into(),
                        lasting: tokens && users,
                    },
                })
            })
        })
    }

    fn in_one_snapshot<T>(
        &self,
        connection: &mut PgConnection,
        question: impl FnOnce(&mut PgConnection, Trust) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        connection.build_transaction().repeatable_read().read_only().run(|connection| {
            let trust = trust(connection, self.mode)?;
            self.counting.tell(trust.counting);
            question(connection, trust)
        })
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn probe(&self) -> Result<(), StoreError> {
        let servers = Arc::clone(&self.servers);
        let ask = |door: Door<()>| async move {
            let question = move |connection: &mut PgConnection| {
                door.close();
                let one = 1.into_sql::<Integer>();
                tokens::table.select(one).limit(1).load::<i32>(connection).map(drop).map_err(StoreError::from)
            };
            servers.primary.ask(Asking::Probe, question).await
        };
        self.probes.join(self.bound, ask).await
    }

    async fn answer(&self, report: Report) -> Result<Answer, StoreError> {
        let (servers, reading) = (Arc::clone(&self.servers), Arc::clone(&self.reading));
        let ask = |door: Door<Answer>| async move {
            let door = Arc::new(door);
            let question = move |connection: &mut PgConnection, opened: Opened| {
                door.close();
                reading.read(connection, opened, report)
            };
            servers.report(question).await
        };
        self.reading.fresh(report).flights.join(self.bound, ask).await
    }

    async fn slots(&self, span: Span, grain: Grain) -> Result<Arc<[Slot]>, StoreError> {
        let rows = Rows {
            kept: |reading| &reading.slots,
            read: |connection, (span, grain), counting| slots::slots(connection, *span, *grain, counting),
            lasting: |trust| trust.lasting.0,
        };
        self.bounded(self.rows((span, grain), rows)).await
    }

    async fn visitors(&self, page: Page) -> Result<Arc<[Visitor]>, StoreError> {
        let rows = Rows {
            kept: |reading| &reading.visitors,
            read: visitors::visitors,
            lasting: |trust| trust.lasting.0 && trust.lasting.1,
        };
        self.bounded(self.rows(page, rows)).await
    }

    fn gauges(&self) -> Gauges {
        let Reading { daily_usage, user_visits, slots, visitors, .. } = &*self.reading;
        let counts = [daily_usage.counts(), user_visits.counts(), slots.counts(), visitors.counts()];
        Gauges {
            pool: self.servers.primary.state(),
            replica: self.servers.replica(),
            counting: self.reading.counting.get().unwrap_or_default(),
            fold: self.upkeep.fold(),
            unchanged: counts.iter().map(|(unchanged, _)| unchanged).sum(),
            read: counts.iter().map(|(_, read)| read).sum(),
        }
    }

    async fn keep_up(&self) {
        self.upkeep.run(&self.servers.primary).await;
    }

    fn prepare(&self) -> Result<(), PrepareError> {
        migrate::migrate(&self.servers.dsn, self.reading.mode)
    }
}
