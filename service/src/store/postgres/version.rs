//! The version of what the server holds.
//!
//! **On a primary** it is the text of `pg_current_snapshot()`: the oldest transaction that runs, the first number
//! not given yet, and all that run between them. Two equal texts mean equal rows:
//! - A row is visible if its transaction has committed and the snapshot does not count it among those that
//!   run. Equal texts count the same ones. Those below the first number that do not run had ended when the
//!   first text was taken, and what has ended never changes; the others are visible to neither.
//! - So every commit between two texts makes them differ: its transaction was among those that ran, and is no
//!   more, or the first number has grown beyond its own. A writer is told of its commit after that.
//! - Subtransactions become visible with their transaction, and a prepared transaction runs until it is
//!   committed. `TRUNCATE` and whatever else changes a table takes a number, too.
//! - Transactions of other databases count: they cost an answer that is read anew, and never a wrong one.
//!
//! A server that crashed may have lost commits that were not yet written, and give their numbers again: the
//! text could then come back with other rows. All connections end with it, and [`Version::opened`] differs.
//! The moment at which the server started tells servers apart that stand behind one pooler.
//!
//! **On a standby** the snapshot does not tell those that run: 10, 11 and 12 run, 12 ends, the text is
//! `10:13:`; then 11 ends, and it still is. There the version is the position up to which the log has been
//! replayed: without replay, nothing changes.
//!
//! The version is asked before the answer is read: what is committed between the two is in the answer, and the
//! version of the next request differs.

use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamptz};

use super::question::question;
use super::servers::Opened;
use crate::store::StoreError;
use crate::store::fresh::Version;

question! {
    /// One row. The moment is a number on its way, which costs less than a text.
    Word -> (Text, Timestamptz): "
        SELECT CASE
            WHEN pg_catalog.pg_is_in_recovery() THEN 'replayed ' || pg_catalog.pg_last_wal_replay_lsn()::text
            ELSE pg_catalog.pg_current_snapshot()::text
        END, pg_catalog.pg_postmaster_start_time()"
}

/// Asks for it; with a snapshot of its own, which ends with the statement.
pub(super) fn version(connection: &mut PgConnection, Opened(opened): Opened) -> Result<Version, StoreError> {
    let (word, PgTimestamp(started)) = Word.get_result(connection)?;
    Ok(Version { word, started, opened })
}
