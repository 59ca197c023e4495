//! Whether the roll-ups may be read, and whether an answer may be kept.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use service_settings::AnalyticsMode;

use super::super::question::question;
use crate::store::{Counting, StoreError};

question! {
    /// The roll-ups are there; they may be read; the reader sees every token; an answer from the tokens lasts;
    /// and so does one from the users.
    ///
    /// An answer lasts if only a transaction of this server can change it: a view may ask the clock or another
    /// server, and so may a policy.
    Facts -> (Bool, Bool, Bool, Bool, Bool): "
        WITH kinds AS (
            SELECT c.relname, NOT row_security_active(c.oid) AS open, CASE c.relkind
                WHEN 'r' THEN NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = c.oid)
                WHEN 'p' THEN NOT EXISTS (
                    SELECT FROM pg_catalog.pg_partition_tree(c.oid) AS part
                    JOIN pg_catalog.pg_class AS leaf ON leaf.oid = part.relid WHERE leaf.relkind = 'f')
                ELSE c.relkind = 'm'
            END AS plain
            FROM pg_catalog.pg_class AS c WHERE c.oid IN (to_regclass('tokens'), to_regclass('users'))
        )
        SELECT
            count(parts.part) = 6,
            coalesce(bool_and(has_table_privilege(parts.part, 'SELECT')), false),
            coalesce((SELECT open FROM kinds WHERE relname = 'tokens'), false),
            coalesce((SELECT plain AND open FROM kinds WHERE relname = 'tokens'), false),
            coalesce((SELECT plain AND open FROM kinds WHERE relname = 'users'), false)
        FROM (VALUES
            (to_regclass('coworking_analytics_delta')), (to_regclass('coworking_analytics_days')),
            (to_regclass('coworking_analytics_hours')), (to_regclass('coworking_analytics_users')),
            (to_regclass('coworking_analytics_state')), (to_regclass('tokens'))
        ) AS parts (part)"
}

question! {
    /// They are of the tokens that a report would read; their fingerprint when they were right; and now.
    Fingerprints -> (Bool, Nullable<Text>, Nullable<Text>): "
        SELECT tokens = to_regclass('tokens')::oid, fingerprint, coworking_analytics_fingerprint()
        FROM coworking_analytics_state"
}

/// What a report may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Trust {
    /// From where it counts.
    pub(in super::super) counting: Counting,
    /// Whether an answer that is counted from the tokens may be kept, and then, from the users.
    pub(in super::super) lasting: (bool, bool),
}

/// Decides it in the snapshot of the report, which must be that of a transaction.
///
/// The fingerprint changes with everything that could hide a change from the triggers, in the transaction
/// that does it. So in a snapshot in which it is the one that was noted when the sums were right, they are.
pub(in super::super) fn trust(
    connection: &mut PgConnection,
    mode: AnalyticsMode,
) -> Result<Trust, StoreError> {
    let (there, readable, open, tokens, users): (bool, bool, bool, bool, bool) =
        Facts.get_result(connection)?;
    let counting = match mode {
        AnalyticsMode::Live => Counting::Asked,
        _ if !there => Counting::Absent,
        _ if !readable || !open => Counting::Unreadable,
        _ => fingerprints(connection)?,
    };
    if mode == AnalyticsMode::Rollup && counting != Counting::Rollup {
        return Err(StoreError::NoRollups);
    }
    Ok(Trust { counting, lasting: (tokens, users) })
}

fn fingerprints(connection: &mut PgConnection) -> Result<Counting, StoreError> {
    let row = Fingerprints.get_result::<(bool, Option<String>, Option<String>)>(connection).optional()?;
    Ok(match row {
        Some((true, Some(noted), Some(now))) if noted == now => Counting::Rollup,
        Some((true, _, Some(_))) => Counting::Doubtful,
        Some((true, _, None)) => Counting::Unwatched,
        Some((false, ..)) | None => Counting::Absent,
    })
}
