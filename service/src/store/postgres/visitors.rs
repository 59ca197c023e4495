//! Users with their tokens, a page at a time.

use diesel::pg::data_types::PgTimestamp;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use super::read_moment;
use crate::reports::{Moment, Order, Page, Visitor};
use crate::store::count::Count;
use crate::store::{Counting, StoreError};

/// Whether the names may be read: a view may have none, and a right may be that of a column.
const NAMES: &str = "
    SELECT count(*) AS count FROM pg_attribute
    WHERE attrelid = to_regclass('users') AND attname IN ('first_name', 'last_name')
      AND has_column_privilege(attrelid, attnum, 'SELECT')";

/// Tokens are counted before the join, for those users alone who are on the page. The users stand first, so that
/// tables are locked in the order of a `TRUNCATE` that takes users and tokens.
const VISITORS: &str = "
    SELECT t.user_id, t.tokens, t.visits, users.joined_at::timestamp AS joined_at, {names}
    FROM users RIGHT JOIN ({counts}) AS t ON users.id = t.user_id";

const COUNTED: &str = "
        SELECT tokens.user_id::bigint AS user_id, count(*) AS tokens, count(tokens.used_at) AS visits
        FROM tokens
        WHERE tokens.user_id IS NOT NULL
          AND ($1 IS NULL OR tokens.created_at >= $1) AND ($2 IS NULL OR tokens.created_at < $2)
          {order}
        LIMIT $5";

/// All tokens, as the roll-ups have them: nobody asks them for a span.
const ROLLED_UP: &str = "
        SELECT user_id, sum(tokens)::bigint AS tokens, sum(used)::bigint AS visits FROM (
            SELECT user_id, tokens, used FROM coworking_analytics_delta WHERE user_id IS NOT NULL
            UNION ALL SELECT user_id, tokens, used FROM coworking_analytics_users
        ) AS all_of_them
        WHERE $1::timestamp IS NULL AND $2::timestamp IS NULL {order}
        LIMIT $5";

const ROLLED_UP_BY_ID: &str = "
    AND $3::bigint IS NULL AND ($4 IS NULL OR user_id > $4)
    GROUP BY user_id HAVING sum(tokens) <> 0 ORDER BY user_id";

const ROLLED_UP_BY_VISITS: &str = "
    GROUP BY user_id
    HAVING sum(tokens) <> 0 AND ($3 IS NULL OR sum(used) < $3 OR (sum(used) = $3 AND user_id > $4))
    ORDER BY sum(used) DESC, user_id";

const BY_ID: &str = "
    AND $3 IS NULL AND ($4 IS NULL OR tokens.user_id > $4)
    GROUP BY tokens.user_id ORDER BY tokens.user_id";

const BY_VISITS: &str = "
    GROUP BY tokens.user_id
    HAVING $3 IS NULL OR count(tokens.used_at) < $3 OR (count(tokens.used_at) = $3 AND tokens.user_id > $4)
    ORDER BY count(tokens.used_at) DESC, tokens.user_id";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = BigInt)]
    tokens: i64,
    #[diesel(sql_type = BigInt)]
    visits: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    joined_at: Option<PgTimestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    first_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    last_name: Option<String>,
}

/// Reads `page`.
pub(super) fn visitors(
    connection: &mut PgConnection,
    page: &Page,
    counting: Counting,
) -> Result<Vec<Visitor>, StoreError> {
    let names = match diesel::sql_query(NAMES).get_result::<Count>(connection)?.count {
        2 => "users.first_name::text AS first_name, users.last_name::text AS last_name",
        _ => "NULL::text AS first_name, NULL::text AS last_name",
    };
    let rolled_up = counting == Counting::Rollup && page.span.is_none();
    let (counts, by_id, by_visits) = match rolled_up {
        true => (ROLLED_UP, ROLLED_UP_BY_ID, ROLLED_UP_BY_VISITS),
        false => (COUNTED, BY_ID, BY_VISITS),
    };
    let (order, outer, visits, id) = match page.order {
        Order::Id { after } => (by_id, "t.user_id", None, after),
        Order::Frequent { after } => {
            (by_visits, "t.visits DESC, t.user_id", after.map(|(visits, _)| visits), after.map(|(_, id)| id))
        }
    };
    let counts = counts.replace("{order}", order);
    let question = VISITORS.replace("{names}", names).replace("{counts}", &counts) + " ORDER BY " + outer;
    let moment = |moment: Moment| PgTimestamp(moment.since_2000());
    let rows: Vec<Row> = diesel::sql_query(question)
        .bind::<Nullable<Timestamp>, _>(page.span.map(|span| moment(span.from)))
        .bind::<Nullable<Timestamp>, _>(page.span.map(|span| moment(span.to)))
        .bind::<Nullable<BigInt>, _>(visits)
        .bind::<Nullable<BigInt>, _>(id)
        .bind::<BigInt, _>(i64::from(page.limit))
        .load(connection)?;
    let visitor = |row: Row| {
        Ok(Visitor {
            user_id: row.user_id,
            tokens: row.tokens,
            visits: row.visits,
            joined_at: row.joined_at.map(read_moment).transpose()?,
            first_name: row.first_name,
            last_name: row.last_name,
        })
    };
    rows.into_iter().map(visitor).collect()
}
