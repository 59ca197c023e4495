//! A pool that never makes anybody wait for long.
//!
//! Diesel blocks, r2d2's own checks have no bound, and a frozen server answers nothing: each question
//! therefore is asked [`aside`], holds a permit until it is answered there, and is given up
//! after a time. The permits are as many as the connections, so that a frozen database costs a few
//! threads and never all of them.
//!
//! Connections are not tried before they are used, which would double the way to the server: a question
//! whose connection turns out to be dead is asked again on another.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::r2d2::{CustomizeConnection, Error, HandleError, Pool, R2D2Connection};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::StoreError;
use super::opening::Manager;
use crate::lanes::{aside, elsewhere};

/// How long a question waits for a free connection before it is turned away.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long r2d2 waits for a connection: less than any report may take, so that a database that is down
/// is told from one that is slow. It is also twice r2d2's longest pause between attempts.
pub(super) const CONNECT: Duration = Duration::from_millis(1500);

/// Threads of r2d2's that open connections.
const OPENERS: u32 = 3;

/// How often all connections may die under one question, before it is the question that they die of.
const DEATHS: u32 = 4;

/// How long the probe may take.
const PROBE: Duration = Duration::from_secs(1);

/// How long the log is spared the reasons for which connections fail.
const SILENCE: Duration = Duration::from_secs(10);

/// Connections to one database, and who may use them.
pub(super) struct BoundedPool<C: R2D2Connection + 'static> {
    pool: Pool<Manager<C>>,
    opened: Arc<AtomicU64>,
    reports: Share,
    probe: Share,
    upkeep: Share,
}

/// A number of permits, and how long the bearer of one may take.
struct Share {
    permits: Arc<Semaphore>,
    bound: Duration,
}

/// Who asks.
#[derive(Clone, Copy)]
pub(super) enum Asking {
    /// A report.
    Report,
    /// The readiness probe, which has a connection of its own: a service that is merely busy stays
    /// ready.
    Probe,
    /// What is done between the requests, for which no report may have to wait.
    Upkeep,
}

/// How many connections there are at most, for each of those who ask.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) reports: u32,
    pub(super) probe: u32,
    pub(super) upkeep: u32,
}

/// How long things may take.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) connect: Duration,
    pub(super) report: Duration,
    pub(super) upkeep: Duration,
}

/// How many connections there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolState {
    /// At most.
    pub size: u32,
    /// Now.
    pub open: u32,
    /// Of these, so many that nobody uses.
    pub idle: u32,
}

impl<C: R2D2Connection + 'static> BoundedPool<C> {
    /// A pool of connections to the database at `url`.
    pub(super) fn new(
        url: &str,
        size: Size,
        bounds: Bounds,
        customizer: Box<dyn CustomizeConnection<C, Error>>,
    ) -> BoundedPool<C> {
        let opened = Arc::<AtomicU64>::default();
        let pool = Pool::builder()
            .max_size(size.reports + size.probe + size.upkeep)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(bounds.connect)
            .connection_customizer(Box::new(Counted { opened: Arc::clone(&opened), customizer }))
            .error_handler(Box::<Told>::default())
            .build_unchecked(Manager::new(url));
        let share =
            |permits: u32, bound| Share { permits: Arc::new(Semaphore::new(permits as usize)), bound };
        BoundedPool {
            pool,
            opened,
            reports: share(size.reports, bounds.report),
            probe: share(size.probe, PROBE),
            upkeep: share(size.upkeep, bounds.upkeep),
        }
    }

    /// Runs `question` on a connection of its own.
    ///
    /// It is asked again if its connection is dead, since connections die between two questions: it must
    /// bear that.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        asking: Asking,
        mut question: impl FnMut(&mut C) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let share = match asking {
            Asking::Report => &self.reports,
            Asking::Probe => &self.probe,
            Asking::Upkeep => &self.upkeep,
        };
        let permit = match timeout(PATIENCE, share.permits.clone().acquire_owned()).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) | Err(_) => return Err(StoreError::Busy),
        };
        let (pool, bound) = (self.pool.clone(), share.bound);
        let ask = move || {
            // Dropped last: whoever gets the permit next finds the connection free.
            let _permit = permit;
            let start = Instant::now();
            // All that the pool holds may be dead, those too that it opens meanwhile, and the same once more.
            let mut attempts = DEATHS * (pool.max_size() + OPENERS);
            loop {
                let mut connection = pool.get()?;
                let answer = question(&mut connection);
                attempts -= 1;
                // Diesel only knows of a dead connection once a statement was sent, and the pool only if Diesel does.
                let dead = matches!(answer, Err(StoreError::Query(_))) && (*connection).ping().is_err();
                if !dead || attempts == 0 || start.elapsed() >= bound {
                    return answer;
                }
            }
        };
        let answer = async {
            match asking {
                Asking::Report | Asking::Probe => aside(ask).await,
                Asking::Upkeep => elsewhere(ask).await,
            }
        };
        match timeout(share.bound, answer).await {
            Ok(Some(answer)) => answer,
            Ok(None) => {
                tracing::error!("a question was abandoned");
                Err(StoreError::Abandoned)
            }
            Err(_) => Err(StoreError::TimedOut),
        }
    }

    /// How many connections were ever opened. While the number stays, every connection in use is one that
    /// was there before, and so is the server's memory behind it.
    pub(super) fn opened(&self) -> u64 {
        self.opened.load(Ordering::SeqCst)
    }

    /// How many connections there are.
    pub(super) fn state(&self) -> PoolState {
        let state = self.pool.state();
        PoolState { size: self.pool.max_size(), open: state.connections, idle: state.idle_connections }
    }
}

/// Counts connections before anybody uses them.
struct Counted<C> {
    opened: Arc<AtomicU64>,
    customizer: Box<dyn CustomizeConnection<C, Error>>,
}

impl<C: 'static> CustomizeConnection<C, Error> for Counted<C> {
    fn on_acquire(&self, connection: &mut C) -> Result<(), Error> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        self.customizer.on_acquire(connection)
    }
}

impl<C> fmt::Debug for Counted<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.customizer.fmt(f)
    }
}

/// Logs why a connection could not be had, once in a while; r2d2 tries all the time.
#[derive(Debug, Default)]
struct Told {
    last: Mutex<Option<Instant>>,
}

impl HandleError<Error> for Told {
    fn handle_error(&self, error: Error) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= SILENCE) {
            *last = Some(Instant::now());
            tracing::warn!(error = error.to_string().trim_end(), "no connection to the database");
        }
    }
}
