//! Whether the roll-ups may be read.

use diesel::prelude::*;
use service_settings::AnalyticsMode;

use super::install::is_watched;
use crate::store::count::Count;
use crate::store::{Counting, StoreError};

const THERE: &str = "
    SELECT count(*) AS count FROM sqlite_schema WHERE type = 'table' AND name = 'coworking_analytics_state'";

const NOTED: &str = "
    SELECT count(*) AS count FROM coworking_analytics_state, pragma_schema_version AS now
    WHERE noted = now.schema_version";

/// Decides it in the snapshot of the report, which must be that of a transaction.
///
/// The triggers see every change of the tokens as long as nobody drops, replaces or adds one, or changes the table,
/// and each of these gives the schema another version, in the transaction that does it. So in a snapshot with the
/// version that was noted when the sums were right, they are.
pub(in super::super) fn trust(
    connection: &mut SqliteConnection,
    mode: AnalyticsMode,
) -> Result<Counting, StoreError> {
    let counting = match mode {
        AnalyticsMode::Live => Counting::Asked,
        _ => match is_noted(connection)? {
            None => Counting::Absent,
            Some(true) => Counting::Rollup,
            Some(false) if is_watched(connection)? => Counting::Doubtful,
            Some(false) => Counting::Unwatched,
        },
    };
    if mode == AnalyticsMode::Rollup && counting != Counting::Rollup {
        return Err(StoreError::NoRollups);
    }
    Ok(counting)
}

/// Whether the schema is the one in which the sums were right. `None` where there are no roll-ups.
pub(super) fn is_noted(connection: &mut SqliteConnection) -> QueryResult<Option<bool>> {
    if diesel::sql_query(THERE).get_result::<Count>(connection)?.count == 0 {
        return Ok(None);
    }
    Ok(Some(diesel::sql_query(NOTED).get_result::<Count>(connection)?.count == 1))
}
