//! The embedded database's tables, and the sample with which it begins.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use service_settings::AnalyticsMode;
use time::OffsetDateTime;

use super::rollup;
use super::sample::Sample;
use super::{tokens, users};
use crate::store::PrepareError;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// How many rows one statement takes: SQLite allows 32,766 values in one.
pub(super) const BATCH: usize = 500;

/// Makes the tables if they are missing, fills them if nobody ever wrote to them, and makes the roll-ups unless `mode`
/// is against it.
pub(super) fn prepare(file: &Path, mode: AnalyticsMode) -> Result<(), PrepareError> {
    let mut connection = SqliteConnection::establish(&file.to_string_lossy())?;
    connection.batch_execute("PRAGMA busy_timeout = 10000")?;
    // Immediate: of two programs that start on one file, the second waits and finds all done.
    connection.immediate_transaction(|connection| {
        tables(connection)?;
        let (people, visits): (i64, i64) =
            (users::table.count().get_result(connection)?, tokens::table.count().get_result(connection)?);
        if people == 0 && visits == 0 {
            let sample = Sample::up_to(OffsetDateTime::now_utc());
            fill(connection, &sample)?;
            tracing::info!(
                file = %file.display(),
                users = sample.users.len(),
                tokens = sample.tokens.len(),
                "filled the new embedded database with sample visits",
            );
        }
        if mode != AnalyticsMode::Live {
            rollup::install(connection)?;
        }
        Ok(())
    })
}

/// Makes the tables if they are missing.
pub(super) fn tables(connection: &mut SqliteConnection) -> Result<(), PrepareError> {
    connection.run_pending_migrations(MIGRATIONS).map(drop).map_err(PrepareError::Migration)
}

fn fill(connection: &mut SqliteConnection, sample: &Sample) -> Result<(), diesel::result::Error> {
    for batch in sample.users.chunks(BATCH) {
        diesel::insert_into(users::table).values(batch).execute(connection)?;
    }
    for batch in sample.tokens.chunks(BATCH) {
        diesel::insert_into(tokens::table).values(batch).execute(connection)?;
    }
    Ok(())
}
