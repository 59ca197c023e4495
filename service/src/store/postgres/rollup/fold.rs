//! Folding: the delta's rows become part of the roll-ups.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::super::question::question;
use crate::store::StoreError;

/// How many rows one transaction folds: a few hundredths of a second of work.
pub(super) const BATCH: i64 = 20_000;

question! {
    /// Any number of replicas may ask at once: each takes rows that no other has. All add to the days, the hours
    /// and the users in the same order, so that none waits for another that waits for it. Nobody who writes
    /// tokens waits for this: they append.
    Fold -> (BigInt): "
        WITH taken AS (
            DELETE FROM coworking_analytics_delta
            WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM coworking_analytics_delta LIMIT 20000 FOR UPDATE SKIP LOCKED))
            RETURNING hour, user_id, tokens, used
        ), days AS (
            INSERT INTO coworking_analytics_days AS known (day, tokens, used)
            SELECT hour::date, sum(tokens)::bigint, sum(used)::bigint FROM taken WHERE hour IS NOT NULL
            GROUP BY 1 HAVING sum(tokens) <> 0 OR sum(used) <> 0 ORDER BY 1
            ON CONFLICT (day) DO UPDATE
            SET tokens = known.tokens + excluded.tokens, used = known.used + excluded.used
        ), hours AS (
            INSERT INTO coworking_analytics_hours AS known (hour, tokens, used)
            SELECT hour, sum(tokens)::bigint, sum(used)::bigint FROM taken WHERE hour IS NOT NULL
            GROUP BY 1 HAVING sum(tokens) <> 0 OR sum(used) <> 0 ORDER BY 1
            ON CONFLICT (hour) DO UPDATE
            SET tokens = known.tokens + excluded.tokens, used = known.used + excluded.used
        ), users AS (
            INSERT INTO coworking_analytics_users AS known (user_id, tokens, used)
            SELECT user_id, sum(tokens)::bigint, sum(used)::bigint FROM taken WHERE user_id IS NOT NULL
            GROUP BY 1 HAVING sum(tokens) <> 0 OR sum(used) <> 0 ORDER BY 1
            ON CONFLICT (user_id) DO UPDATE
            SET tokens = known.tokens + excluded.tokens, used = known.used + excluded.used
        )
        SELECT count(*) FROM taken"
}

question! {
    /// Whether this user may fold, and how many rows wait for it.
    Waiting -> (Bool, BigInt): "
        SELECT has_table_privilege('coworking_analytics_delta', 'INSERT, UPDATE, DELETE')
               AND has_table_privilege('coworking_analytics_days', 'INSERT, UPDATE')
               AND has_table_privilege('coworking_analytics_hours', 'INSERT, UPDATE')
               AND has_table_privilege('coworking_analytics_users', 'INSERT, UPDATE')
               AND has_table_privilege('coworking_analytics_state', 'UPDATE'),
               (SELECT count(*) FROM coworking_analytics_delta)"
}

/// Whether this user may fold, and how many rows wait for it.
pub(super) fn waiting(connection: &mut PgConnection) -> Result<(bool, i64), StoreError> {
    Ok(Waiting.get_result(connection)?)
}

/// Folds one batch, and tells how many rows it had.
pub(super) fn fold(connection: &mut PgConnection) -> Result<i64, StoreError> {
    connection.build_transaction().read_write().run(|connection| {
        let (folded,): (i64,) = Fold.get_result(connection)?;
        Ok(folded)
    })
}
