//! The servers that are asked: the primary, and a replica for the reports if there is one.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::PgConnection;
use service_settings::{Postgres, Secret, Settings};

use super::dsn;
use super::session::Session;
use crate::observe::Chain;
use crate::store::pool::{Asking, BoundedPool, Bounds, CONNECT, Size};
use crate::store::{Replica, StoreError};

/// How long comparing or counting anew may take.
const UPKEEP: Duration = Duration::from_secs(15 * 60);

/// How long a replica that failed is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(5);

/// The pools of both servers.
pub(super) struct Servers {
    pub(super) primary: BoundedPool<PgConnection>,
    replica: Option<(BoundedPool<PgConnection>, Mutex<Option<Instant>>)>,
    pub(super) dsn: Secret,
}

/// Which server answers, as far as its connections tell.
pub(super) struct Opened(pub(super) u64);

impl Servers {
    /// The servers that `postgres` tells of.
    pub(super) fn new(postgres: &Postgres, settings: &Settings) -> Servers {
        let dsn = dsn::dsn(postgres);
        let size = Size { reports: settings.db_pool_size - 2, probe: 1, upkeep: 1 };
        let bounds = Bounds { connect: CONNECT, report: settings.timeout(), upkeep: UPKEEP };
        let primary =
            BoundedPool::new(dsn.expose(), size, bounds, Box::new(Session::new(settings.timeout())));
        // Half the time, so that the primary can still be asked.
        let half = settings.timeout() / 2;
        let replica = postgres.replica().map(|replica| {
            let size = Size { probe: 0, upkeep: 0, ..size };
            let bounds = Bounds { connect: CONNECT.min(half), report: half, upkeep: half };
            let session = Box::new(Session::new(half));
            (BoundedPool::new(dsn::dsn(&replica).expose(), size, bounds, session), Mutex::new(None))
        });
        Servers { primary, replica, dsn }
    }

    /// Asks the replica, or the primary if there is none or it is down. The question is told how many
    /// connections to its server there have been.
    pub(super) async fn report<T: Send + 'static>(
        self: &std::sync::Arc<Self>,
        question: impl Fn(&mut PgConnection, Opened) -> Result<T, StoreError> + Clone + Send + 'static,
    ) -> Result<T, StoreError> {
        if let Some((pool, down)) = self.replica.as_ref().filter(|(_, down)| is_up(down)) {
            let (servers, question) = (std::sync::Arc::clone(self), question.clone());
            let opened = move || servers.replica.as_ref().map_or(0, |(pool, _)| pool.opened());
            match pool.ask(Asking::Report, move |connection| question(connection, Opened(opened()))).await {
                Err(error) if is_its_own(&error) => {
                    *down.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                    tracing::warn!(error = %Chain(&error), "the read replica failed: reports come from the primary");
                }
                answer => return answer,
            }
        }
        let servers = std::sync::Arc::clone(self);
        let ask = move |connection: &mut PgConnection| question(connection, Opened(servers.primary.opened()));
        self.primary.ask(Asking::Report, ask).await
    }

    /// How the replica is, if there is one.
    pub(super) fn replica(&self) -> Option<Replica> {
        self.replica.as_ref().map(|(pool, down)| Replica { pool: pool.state(), up: is_up(down) })
    }
}

fn is_up(down: &Mutex<Option<Instant>>) -> bool {
    down.lock().unwrap_or_else(PoisonError::into_inner).is_none_or(|since| since.elapsed() > LEFT_ALONE)
}

/// Whether the primary may do better: a question that is wrong is wrong there too, but a standby also ends
/// questions that are in the way of its replay.
fn is_its_own(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Unreachable(_) | StoreError::TimedOut | StoreError::Query(_) | StoreError::NoRollups
    )
}
