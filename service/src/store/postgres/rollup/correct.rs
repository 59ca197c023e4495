//! Comparing the roll-ups with the tokens, and making them right.
//!
//! A correction is a change like those of the triggers: the difference, appended to the delta. It is found and
//! appended by one statement, in one snapshot, while writers go on; what they change meanwhile is in the delta
//! too. Only another correction must not come between: the lock on the days keeps it away, and whoever folds.
//! Locks are taken in the order in which `TRUNCATE` takes them: tokens, delta, days.

use diesel::connection::SimpleConnection;
use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamp};

use crate::store::StoreError;
use crate::store::count::Count;

const LOCK: &str = "
    SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '14min';
    LOCK TABLE tokens IN ACCESS SHARE MODE;
    LOCK TABLE coworking_analytics_delta IN ROW EXCLUSIVE MODE;
    LOCK TABLE coworking_analytics_days IN SHARE ROW EXCLUSIVE MODE";

/// Compares the part of `{rollup}` whose `{key}` is within `{span}` with the tokens, and appends what they differ by.
const PART: &str = "
    WITH truth AS (
        SELECT {of_token} AS {key}, count(*) AS tokens, count(used_at) AS used FROM tokens WHERE {span_of_tokens} GROUP BY 1
    ), counted AS (
        SELECT {key}, sum(tokens) AS tokens, sum(used) AS used FROM (
            SELECT {key}, tokens, used FROM coworking_analytics_delta
            UNION ALL SELECT {key}, tokens, used FROM {rollup}
        ) AS all_of_them
        WHERE {span} GROUP BY 1
    ), wrong AS (
        SELECT {key}, coalesce(truth.tokens, 0) - coalesce(counted.tokens, 0) AS tokens,
            coalesce(truth.used, 0) - coalesce(counted.used, 0) AS used
        FROM truth FULL JOIN counted USING ({key})
    ), corrected AS (
        INSERT INTO coworking_analytics_delta ({key}, tokens, used)
        SELECT {key}, tokens, used FROM wrong WHERE tokens <> 0 OR used <> 0
        RETURNING 1
    )
    SELECT count(*) AS count FROM corrected";

/// The hours from `$1` to `$2`, without the second unless it is infinite.
fn hours() -> String {
    let span = "{key} >= $1 AND ({key} < $2 OR $2 = 'infinity')";
    PART.replace("{rollup}", "coworking_analytics_hours")
        .replace("{of_token}", "date_trunc('hour', created_at)")
        .replace("{span_of_tokens}", &span.replace("{key}", "created_at"))
        .replace("{span}", span)
        .replace("{key}", "hour")
}

/// The users from `$1` to `$2`, without the second.
fn users() -> String {
    let span = "{key} >= $1 AND {key} < $2";
    PART.replace("{rollup}", "coworking_analytics_users")
        .replace("{of_token}", "user_id::bigint")
        .replace("{span_of_tokens}", span)
        .replace("{span}", span)
        .replace("{key}", "user_id")
}

/// Days are what their hours add up to; both are folded together.
const DAYS: &str = "
    WITH truth AS (
        SELECT hour::date AS day, sum(tokens)::bigint AS tokens, sum(used)::bigint AS used
        FROM coworking_analytics_hours GROUP BY 1
    ), wrong AS (
        SELECT day, coalesce(truth.tokens, 0) AS tokens, coalesce(truth.used, 0) AS used
        FROM truth FULL JOIN coworking_analytics_days AS known USING (day)
        WHERE coalesce(truth.tokens, 0) <> coalesce(known.tokens, 0)
           OR coalesce(truth.used, 0) <> coalesce(known.used, 0)
    ), corrected AS (
        INSERT INTO coworking_analytics_days AS known (day, tokens, used) SELECT day, tokens, used FROM wrong
        ON CONFLICT (day) DO UPDATE SET tokens = excluded.tokens, used = excluded.used
        RETURNING 1
    )
    SELECT count(*) AS count FROM corrected";

const FINGERPRINT: &str = "
    SELECT tokens = to_regclass('tokens')::oid AS ours, coworking_analytics_fingerprint() AS fingerprint
    FROM coworking_analytics_state";

const NOTE: &str = "UPDATE coworking_analytics_state SET fingerprint = $1";

#[derive(QueryableByName)]
struct Fingerprint {
    #[diesel(sql_type = Bool)]
    ours: bool,
    #[diesel(sql_type = Nullable<Text>)]
    fingerprint: Option<String>,
}

/// What is compared at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The days, with the hours.
    Days,
    /// The hours from one moment to another, in microseconds since 2000, as PostgreSQL has them.
    Hours(i64, i64),
    /// The users from one number to another.
    Users(i64, i64),
}

impl Part {
    /// All parts, each as a whole.
    pub(super) const ALL: [Part; 3] =
        [Part::Hours(i64::MIN, i64::MAX), Part::Users(i64::MIN, i64::MAX), Part::Days];
}

/// Makes `part` right, and tells how many rows were not.
pub(super) fn correct(connection: &mut PgConnection, part: Part) -> Result<i64, StoreError> {
    connection.build_transaction().read_write().run(|connection| {
        connection.batch_execute(LOCK)?;
        compare(connection, part)
    })
}

/// Counts everything anew, and notes that the roll-ups can be trusted from here on. Tells how many rows were
/// wrong, or nothing if the triggers do not see every change.
///
/// Whatever the triggers missed was done before the fingerprint that is taken first; if something hides from them
/// while this counts, the fingerprint at the end is another, and nothing is noted.
pub(super) fn rebuild(connection: &mut PgConnection) -> Result<Option<i64>, StoreError> {
    connection.build_transaction().read_write().run(|connection| {
        connection.batch_execute(LOCK)?;
        let Some(before) = fingerprint(connection)? else { return Ok(None) };
        let mut wrong = 0;
        for part in Part::ALL {
            wrong += compare(connection, part)?;
        }
        if fingerprint(connection)?.as_ref() != Some(&before) {
            return Ok(None);
        }
        diesel::sql_query(NOTE).bind::<Text, _>(before).execute(connection)?;
        Ok(Some(wrong))
    })
}

fn fingerprint(connection: &mut PgConnection) -> Result<Option<String>, StoreError> {
    let found: Option<Fingerprint> = diesel::sql_query(FINGERPRINT).get_result(connection).optional()?;
    Ok(found.filter(|found| found.ours).and_then(|found| found.fingerprint))
}

fn compare(connection: &mut PgConnection, part: Part) -> Result<i64, StoreError> {
    let counted: Count = match part {
        Part::Days => diesel::sql_query(DAYS).get_result(connection)?,
        Part::Hours(from, to) => diesel::sql_query(hours())
            .bind::<Timestamp, _>(PgTimestamp(from))
            .bind::<Timestamp, _>(PgTimestamp(to))
            .get_result(connection)?,
        Part::Users(from, to) => {
            diesel::sql_query(users()).bind::<BigInt, _>(from).bind::<BigInt, _>(to).get_result(connection)?
        }
    };
    Ok(counted.count)
}
