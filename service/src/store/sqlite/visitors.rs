//! Users with their tokens, a page at a time.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::reports::{Moment, Order, Page, Visitor};
use crate::store::count::Count;
use crate::store::{Counting, StoreError};

const NAMES: &str =
    "SELECT count(*) AS count FROM pragma_table_info('users') WHERE name IN ('first_name', 'last_name')";

/// The same question as PostgreSQL's.
const VISITORS: &str = "
    SELECT t.user_id, t.tokens, t.visits, users.joined_at, {names}
    FROM ({counts} {order} LIMIT ?5) AS t
    LEFT JOIN users ON users.id = t.user_id";

const COUNTED: &str = "
    SELECT user_id, count(*) AS tokens, count(used_at) AS visits
    FROM tokens
    WHERE user_id IS NOT NULL
      AND (?1 IS NULL OR replace(created_at, 'T', ' ') >= ?1)
      AND (?2 IS NULL OR replace(created_at, 'T', ' ') < ?2)";

/// All tokens, as the roll-ups have them: nobody asks them for a span.
const ROLLED_UP: &str = "
    SELECT user_id, tokens, used AS visits FROM coworking_analytics_users
    WHERE tokens <> 0 AND ?1 IS NULL AND ?2 IS NULL";

const ROLLED_UP_BY_ID: &str = "AND ?3 IS NULL AND (?4 IS NULL OR user_id > ?4) ORDER BY user_id";

const ROLLED_UP_BY_VISITS: &str = "
    AND (?3 IS NULL OR used < ?3 OR (used = ?3 AND user_id > ?4))
    ORDER BY used DESC, user_id";

const BY_ID: &str = "
    AND ?3 IS NULL AND (?4 IS NULL OR user_id > ?4)
    GROUP BY user_id ORDER BY user_id";

const BY_VISITS: &str = "
    GROUP BY user_id
    HAVING ?3 IS NULL OR count(used_at) < ?3 OR (count(used_at) = ?3 AND user_id > ?4)
    ORDER BY count(used_at) DESC, user_id";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = BigInt)]
    tokens: i64,
    #[diesel(sql_type = BigInt)]
    visits: i64,
    #[diesel(sql_type = Nullable<Text>)]
    joined_at: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    first_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    last_name: Option<String>,
}

/// Reads `page`.
pub(super) fn visitors(
    connection: &mut SqliteConnection,
    page: &Page,
    counting: Counting,
) -> Result<Vec<Visitor>, StoreError> {
    let names = match diesel::sql_query(NAMES).get_result::<Count>(connection)?.count {
        2 => "users.first_name, users.last_name",
        _ => "NULL AS first_name, NULL AS last_name",
    };
    let (counts, by_id, by_visits) = match counting == Counting::Rollup && page.span.is_none() {
        true => (ROLLED_UP, ROLLED_UP_BY_ID, ROLLED_UP_BY_VISITS),
        false => (COUNTED, BY_ID, BY_VISITS),
    };
    let (order, outer, visits, id) = match page.order {
        Order::Id { after } => (by_id, "t.user_id", None, after),
        Order::Frequent { after } => {
            (by_visits, "t.visits DESC, t.user_id", after.map(|(visits, _)| visits), after.map(|(_, id)| id))
        }
    };
    let question = VISITORS.replace("{names}", names).replace("{counts}", counts).replace("{order}", order)
        + " ORDER BY "
        + outer;
    let rows: Vec<Row> = diesel::sql_query(question)
        .bind::<Nullable<Text>, _>(page.span.map(|span| shortest(span.from)))
        .bind::<Nullable<Text>, _>(page.span.map(|span| shortest(span.to)))
        .bind::<Nullable<BigInt>, _>(visits)
        .bind::<Nullable<BigInt>, _>(id)
        .bind::<BigInt, _>(i64::from(page.limit))
        .load(connection)?;
    let visitor = |row: Row| {
        Ok(Visitor {
            user_id: row.user_id,
            tokens: row.tokens,
            visits: row.visits,
            joined_at: row.joined_at.as_deref().map(Moment::from_text).transpose()?,
            first_name: row.first_name,
            last_name: row.last_name,
        })
    };
    rows.into_iter().map(visitor).collect()
}

/// The shortest text of a moment, so that every text of the same moment sorts at it or behind it.
fn shortest(moment: Moment) -> String {
    let text = moment.to_string();
    let text = text.strip_suffix(":00").unwrap_or(&text);
    text.strip_suffix(" 00:00").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_text_says_the_same_moment() {
        for (moment, text) in [
            ("2023-02-07", "2023-02-07"),
            ("2023-02-07 10:00", "2023-02-07 10:00"),
            ("2023-02-07 00:00:01", "2023-02-07 00:00:01"),
            ("2023-02-07 10:00:00.5", "2023-02-07 10:00:00.500000"),
        ] {
            let moment = Moment::from_text(moment).unwrap();
            assert_eq!(shortest(moment), text);
            assert_eq!(Moment::from_text(text), Ok(moment));
        }
    }
}
