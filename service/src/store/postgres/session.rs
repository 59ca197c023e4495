//! What every session of the pool begins with.

use std::time::Duration;

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{CustomizeConnection, Error};

/// Makes a session read-only and ends its statements in time.
///
/// It is said by `SET`, and not in the connection string, whose `options` would displace those of
/// `PGOPTIONS`.
#[derive(Debug)]
pub(super) struct Session {
    statements: String,
}

impl Session {
    /// Sessions in which a report may take `report`. The server's own bound comes a little later than
    /// ours, so that it is always ours that is told.
    pub(super) fn new(report: Duration) -> Session {
        let milliseconds = report.as_millis() + 250;
        Session {
            statements: format!(
                "SET default_transaction_read_only = on; SET statement_timeout = {milliseconds}"
            ),
        }
    }
}

impl CustomizeConnection<PgConnection, Error> for Session {
    fn on_acquire(&self, connection: &mut PgConnection) -> Result<(), Error> {
        connection.batch_execute(&self.statements).map_err(Error::QueryError)
    }
}
