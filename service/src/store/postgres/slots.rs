//! Tokens by the time at which they were made.

use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use super::read_moment;
use crate::reports::{Grain, Slot, Span};
use crate::store::{Counting, StoreError};

/// The moment at which a token's grain begins, in words that every version of PostgreSQL knows.
fn start(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "date_trunc('day', created_at::timestamp)",
        Grain::Hour => "date_trunc('hour', created_at::timestamp)",
        Grain::Quarter => {
            "date_trunc('hour', created_at::timestamp)
             + floor(extract(minute FROM created_at::timestamp) / 15) * interval '15 minutes'"
        }
        Grain::Second => "date_trunc('second', created_at::timestamp)",
    }
}

/// The roll-ups of hours, or of days, in the words of tokens.
const ROLLED_UP: &str = "
    SELECT {start} AS start, sum(tokens)::bigint AS tokens, sum(used)::bigint AS visits FROM (
        SELECT hour AS created_at, tokens, used FROM coworking_analytics_delta
        UNION ALL SELECT {column}::timestamp, tokens, used FROM {table}
    ) AS all_of_them
    WHERE created_at >= $1 AND created_at < $2 GROUP BY 1 HAVING sum(tokens) <> 0 OR sum(used) <> 0";

const COUNTED: &str = "
    SELECT {start} AS start, count(*) AS tokens, count(used_at) AS visits FROM tokens
    WHERE created_at >= $1 AND created_at < $2 GROUP BY 1";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Timestamp)]
    start: PgTimestamp,
    #[diesel(sql_type = BigInt)]
    tokens: i64,
    #[diesel(sql_type = BigInt)]
    visits: i64,
}

/// Counts the tokens made within `span`; an infinite moment is in none.
pub(super) fn slots(
    connection: &mut PgConnection,
    span: Span,
    grain: Grain,
    counting: Counting,
) -> Result<Vec<Slot>, StoreError> {
    // Nothing finer than an hour is rolled up.
    let rolled_up = |table, column| ROLLED_UP.replace("{table}", table).replace("{column}", column);
    let question = match (counting, grain) {
        (Counting::Rollup, Grain::Day) => rolled_up("coworking_analytics_days", "day"),
        (Counting::Rollup, Grain::Hour) => rolled_up("coworking_analytics_hours", "hour"),
        _ => COUNTED.to_owned(),
    };
    let question = question.replace("{start}", start(grain));
    let rows: Vec<Row> = diesel::sql_query(question)
        .bind::<Timestamp, _>(PgTimestamp(span.from.since_2000()))
        .bind::<Timestamp, _>(PgTimestamp(span.to.since_2000()))
        .load(connection)?;
    let slot = |row: Row| Ok(Slot { start: read_moment(row.start)?, tokens: row.tokens, visits: row.visits });
    rows.into_iter().map(slot).collect()
}
