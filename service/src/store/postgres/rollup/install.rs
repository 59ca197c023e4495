//! Making the roll-ups, where that is possible.
//!
//! This is no migration: whether it is possible depends on a table that may be another's, and may change.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::correct;
use crate::store::PrepareError;

const INSTALL: &str = include_str!("install.sql");

/// The comment at the end of `install.sql`: whoever changes what stands there counts it up.
const EDITION: &str = "roll-ups of coworking analytics, 2";

/// How often the lock on the tokens is asked for. A longer wait at once would make all writers wait behind it.
const ATTEMPTS: u32 = 10;

/// Whether tokens are a table of ours of the usual shape, in which schema, and whether all is done.
const LOOK: &str = "
    SELECT quote_ident(n.nspname) AS schema,
        c.relkind = 'r' AND NOT c.relrowsecurity AND pg_has_role(c.relowner, 'USAGE')
        AND has_schema_privilege(n.oid, 'CREATE')
        AND NOT EXISTS (SELECT FROM pg_inherits WHERE c.oid IN (inhparent, inhrelid))
        AND 3 = (
            SELECT count(*) FROM pg_attribute AS a
            WHERE a.attrelid = c.oid AND NOT a.attisdropped
              AND (a.attname = 'used_at'
                   OR a.attname = 'created_at' AND a.attnotnull AND a.atttypid = 'timestamp'::regtype
                   OR a.attname = 'user_id' AND a.attnotnull
                      AND a.atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype))
        ) AS suitable,
        coalesce(obj_description(
            to_regprocedure(quote_ident(n.nspname) || '.coworking_analytics_fingerprint()'), 'pg_proc'), '')
        AS edition,
        4 = (SELECT count(*) FROM pg_trigger WHERE tgrelid = c.oid AND tgenabled = 'A'
             AND tgname IN ('coworking_analytics_deleted', 'coworking_analytics_inserted',
                            'coworking_analytics_truncated', 'coworking_analytics_updated')) AS watched
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = to_regclass('tokens')";

#[derive(QueryableByName)]
struct Look {
    #[diesel(sql_type = Text)]
    schema: String,
    #[diesel(sql_type = Bool)]
    suitable: bool,
    #[diesel(sql_type = Text)]
    edition: String,
    #[diesel(sql_type = Bool)]
    watched: bool,
}

/// Makes the roll-ups and counts what is there. Where they cannot be, it says so: every report is answered
/// without them.
pub(in super::super) fn install(connection: &mut PgConnection) -> Result<(), PrepareError> {
    let Some(look) = diesel::sql_query(LOOK).get_result::<Look>(connection).optional()? else {
        return Ok(());
    };
    if !look.suitable {
        tracing::warn!(
            "no roll-ups: `tokens` is not a plain table of this user with its usual columns; each report counts it"
        );
        return Ok(());
    }
    if look.edition != EDITION || !look.watched {
        create(connection, &look.schema)?;
    }
    match correct::rebuild(connection) {
        Ok(Some(wrong)) => tracing::info!(corrected = wrong, "the roll-ups are right"),
        Ok(None) => tracing::warn!("no roll-ups: their triggers do not see every change of `tokens`"),
        Err(error) => {
            tracing::warn!(error = %crate::observe::Chain(&error), "the roll-ups are there, but not counted yet");
        }
    }
    Ok(())
}

fn create(connection: &mut PgConnection, schema: &str) -> Result<(), PrepareError> {
    let script = INSTALL.replace("{schema}", schema);
    for attempt in 1.. {
        let made = connection.transaction(|connection| {
            connection
                .batch_execute("SET LOCAL lock_timeout = '1s'; SET LOCAL client_min_messages = warning")?;
            connection.batch_execute(&script)
        });
        match made {
            Ok(()) => break,
            Err(error) if attempt < ATTEMPTS && error.to_string().contains("lock timeout") => {
                tracing::info!(attempt, "`tokens` is in use: the roll-ups wait for a gap");
                thread::sleep(Duration::from_secs(1));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
