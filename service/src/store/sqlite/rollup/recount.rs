//! Comparing the roll-ups with the tokens, and making them right.

use diesel::prelude::*;

/// Each roll-up, its key, and what it must be. Days are what their hours add up to, which come first: the tokens
/// need not be read again.
const ROLLUPS: [(&str, &str, &str); 3] = [
    (
        "coworking_analytics_hours",
        "hour",
        "SELECT substr(created_at, 1, 13) AS hour, count(*) AS tokens, count(used_at) AS used FROM tokens GROUP BY 1",
    ),
    (
        "coworking_analytics_days",
        "day",
        "SELECT substr(hour, 1, 10) AS day, sum(tokens) AS tokens, sum(used) AS used
         FROM coworking_analytics_hours GROUP BY 1",
    ),
    (
        "coworking_analytics_users",
        "user_id",
        "SELECT user_id, count(*) AS tokens, count(used_at) AS used FROM tokens GROUP BY 1",
    ),
];

const CORRECT: &str = "
    INSERT INTO {rollup} ({key}, tokens, used)
    SELECT {key}, coalesce(truth.tokens, 0), coalesce(truth.used, 0)
    FROM ({truth}) AS truth FULL JOIN {rollup} AS known USING ({key})
    WHERE coalesce(truth.tokens, 0) <> coalesce(known.tokens, 0)
       OR coalesce(truth.used, 0) <> coalesce(known.used, 0)
    ON CONFLICT ({key}) DO UPDATE SET tokens = excluded.tokens, used = excluded.used";

const NOTE: &str = "
    UPDATE coworking_analytics_state SET noted = now.schema_version
    FROM pragma_schema_version AS now WHERE noted IS NOT now.schema_version";

/// Makes the roll-ups right, tells how many rows were not, and notes that they can be trusted from here on. The
/// caller's transaction must hold the lock of writers, and have seen that the triggers see every change.
pub(super) fn recount(connection: &mut SqliteConnection) -> QueryResult<usize> {
    let mut wrong = 0;
    for (rollup, key, truth) in ROLLUPS {
        let correct = CORRECT.replace("{rollup}", rollup).replace("{key}", key).replace("{truth}", truth);
        wrong += diesel::sql_query(correct).execute(connection)?;
    }
    diesel::sql_query(NOTE).execute(connection)?;
    Ok(wrong)
}
