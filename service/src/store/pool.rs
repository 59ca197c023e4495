//! A pool that never makes anybody wait for long.
//!
//! Diesel blocks, r2d2's own checks have no bound, and a frozen server answers nothing: each question
//! therefore runs on a blocking thread, holds a permit until that thread is done, and is given up
//! after a time. The permits are as many as the connections, so that a frozen database costs a few
//! threads and never all of them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, HandleError, Pool, R2D2Connection};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::StoreError;

/// How long a question waits for a free connection before it is turned away.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long r2d2 waits for a connection: less than any report may take, so that a database that is down
/// is told from one that is slow. It is also twice r2d2's longest pause between attempts.
const CONNECT: Duration = Duration::from_millis(1500);

/// How long the log is spared the reasons for which connections fail.
const SILENCE: Duration = Duration::from_secs(10);

/// Connections to one database, and who may use them.
pub(super) struct BoundedPool<C: R2D2Connection + 'static> {
    pool: Pool<ConnectionManager<C>>,
    reports: Lane,
    probe: Lane,
}

/// A number of permits, and how long the bearer of one may take.
struct Lane {
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
}

impl<C: R2D2Connection + 'static> BoundedPool<C> {
    /// A pool of at most `size` connections to the database at `url`.
    pub(super) fn new(
        url: &str,
        size: u32,
        report: Duration,
        customizer: Box<dyn CustomizeConnection<C, Error>>,
    ) -> BoundedPool<C> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(CONNECT)
            .connection_customizer(customizer)
            .error_handler(Box::<Told>::default())
            .build_unchecked(ConnectionManager::new(url));
        let lane = |permits: u32, bound| Lane { permits: Arc::new(Semaphore::new(permits as usize)), bound };
        BoundedPool { pool, reports: lane(size - 1, report), probe: lane(1, Duration::from_secs(1)) }
    }

    /// Runs `question` on a connection of its own.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        asking: Asking,
        question: impl FnOnce(&mut C) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let lane = match asking {
            Asking::Report => &self.reports,
            Asking::Probe => &self.probe,
        };
        let permit = match timeout(PATIENCE, lane.permits.clone().acquire_owned()).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) | Err(_) => return Err(StoreError::Busy),
        };
        let pool = self.pool.clone();
        let answer = spawn_blocking(move || {
            // Dropped last: whoever gets the permit next finds the connection free.
            let _permit = permit;
            let mut connection = pool.get().map_err(StoreError::Unreachable)?;
            question(&mut connection)
        });
        match timeout(lane.bound, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(gone)) => Err(StoreError::Abandoned(gone)),
            Err(_) => Err(StoreError::TimedOut),
        }
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
