//! The tables, made by one replica at a time.

use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use service_settings::{AnalyticsMode, Secret};

use super::rollup;
use crate::store::PrepareError;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// How long another replica may take.
const DEADLINE: Duration = Duration::from_secs(60);

/// The lock is the session's, and its name the schema's. A waiting `pg_advisory_lock` would hold a
/// snapshot for which `CREATE INDEX CONCURRENTLY` waits in turn: hence the attempts.
const TRY_LOCK: &str =
    "SELECT pg_try_advisory_lock(hashtext('coworking-analytics'), hashtext(current_schema())) AS locked";

#[derive(QueryableByName)]
struct Attempt {
    #[diesel(sql_type = diesel::sql_types::Nullable<Bool>)]
    locked: Option<bool>,
}

/// Runs the migrations that are missing, and makes the roll-ups unless `mode` is against it, on a connection of
/// its own.
pub(super) fn migrate(dsn: &Secret, mode: AnalyticsMode) -> Result<(), PrepareError> {
    let mut connection = PgConnection::establish(dsn.expose())?;
    let start = Instant::now();
    while diesel::sql_query(TRY_LOCK).get_result::<Attempt>(&mut connection)?.locked == Some(false) {
        if start.elapsed() > DEADLINE {
            return Err(PrepareError::Locked(DEADLINE.as_secs()));
        }
        thread::sleep(Duration::from_millis(200));
    }
    let done = connection.run_pending_migrations(MIGRATIONS).map_err(PrepareError::Migration)?;
    tracing::info!(
        migrations = done.len(),
        waited_ms = start.elapsed().as_millis() as u64,
        "the tables are there"
    );
    if mode != AnalyticsMode::Live {
        rollup::install(&mut connection)?;
    }
    // The lock ends with the session.
    Ok(())
}
