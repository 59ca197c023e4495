//! Tokens by the time at which they were made.

use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};

use super::question::question;
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

question! {
    /// The roll-ups of days, and what is not folded yet: a day may be in both.
    DaysRolledUp { from: PgTimestamp, to: PgTimestamp } -> (Timestamp, BigInt, BigInt): "
        SELECT day::timestamp, tokens, used FROM coworking_analytics_days WHERE day >= ",
        from as Timestamp, " AND day < ", to as Timestamp, "
        UNION ALL SELECT date_trunc('day', hour), sum(tokens)::bigint, sum(used)::bigint
        FROM coworking_analytics_delta WHERE hour >= ",
        from as Timestamp, " AND hour < ", to as Timestamp, " GROUP BY 1"
}

question! {
    /// The same of hours.
    HoursRolledUp { from: PgTimestamp, to: PgTimestamp } -> (Timestamp, BigInt, BigInt): "
        SELECT hour, tokens, used FROM coworking_analytics_hours WHERE hour >= ",
        from as Timestamp, " AND hour < ", to as Timestamp, "
        UNION ALL SELECT hour, sum(tokens)::bigint, sum(used)::bigint
        FROM coworking_analytics_delta WHERE hour >= ",
        from as Timestamp, " AND hour < ", to as Timestamp, " GROUP BY 1"
}

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
    let (from, to) = (PgTimestamp(span.from.since_2000()), PgTimestamp(span.to.since_2000()));
    // Nothing finer than an hour is rolled up.
    match (counting, grain) {
        (Counting::Rollup, Grain::Day) => added_up(DaysRolledUp { from, to }.load(connection)?),
        (Counting::Rollup, Grain::Hour) => added_up(HoursRolledUp { from, to }.load(connection)?),
        _ => {
            let rows: Vec<Row> = diesel::sql_query(COUNTED.replace("{start}", start(grain)))
                .bind::<Timestamp, _>(from)
                .bind::<Timestamp, _>(to)
                .load(connection)?;
            rows.into_iter().map(|row| slot((row.start, row.tokens, row.visits))).collect()
        }
    }
}

/// One slot for each start, of those that are not empty. It is quicker to add up here than by the server, for
/// which every sum is a `numeric`.
fn added_up(mut rows: Vec<(PgTimestamp, i64, i64)>) -> Result<Vec<Slot>, StoreError> {
    rows.sort_unstable_by_key(|(start, ..)| start.0);
    rows.dedup_by(|(start, tokens, visits), kept| {
        let same = *start == kept.0;
        if same {
            (kept.1, kept.2) = (kept.1 + *tokens, kept.2 + *visits);
        }
        same
    });
    rows.into_iter().filter(|(_, tokens, visits)| (*tokens, *visits) != (0, 0)).map(slot).collect()
}

fn slot((start, tokens, visits): (PgTimestamp, i64, i64)) -> Result<Slot, StoreError> {
    Ok(Slot { start: read_moment(start)?, tokens, visits })
}
