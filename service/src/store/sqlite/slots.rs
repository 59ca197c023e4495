//! Tokens by the time at which they were made.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::reports::{Grain, Moment, Slot, Span};
use crate::store::{Counting, StoreError};

/// A moment is a text, of which a beginning is enough: `2023-02-07`, `2023-02-07 10:11` or
/// `2023-02-07T10:11:12.1`. Texts of one day all begin with it, and `~` sorts behind whatever follows.
const COUNTED: &str = "
    SELECT substr(created_at, 1, ?1) AS start, count(*) AS tokens, count(used_at) AS visits FROM tokens
    WHERE created_at >= ?2 AND created_at < ?3 || '~' GROUP BY 1";

/// The roll-ups of days, or of hours, whose keys are such beginnings themselves.
const ROLLED_UP: &str = "
    SELECT substr({key}, 1, ?1) AS start, tokens, used AS visits FROM {table}
    WHERE {key} >= ?2 AND {key} < ?3 || '~' AND tokens <> 0";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    start: String,
    #[diesel(sql_type = BigInt)]
    tokens: i64,
    #[diesel(sql_type = BigInt)]
    visits: i64,
}

/// Counts the tokens made within `span`; an infinite moment is in none.
pub(super) fn slots(
    connection: &mut SqliteConnection,
    span: Span,
    grain: Grain,
    counting: Counting,
) -> Result<Vec<Slot>, StoreError> {
    let letters = match grain {
        Grain::Day => "2023-02-07",
        Grain::Hour => "2023-02-07 10",
        Grain::Quarter => "2023-02-07 10:11",
        Grain::Second => "2023-02-07 10:11:12",
    };
    // Nothing finer than an hour is rolled up.
    let rolled_up = |table, key| ROLLED_UP.replace("{table}", table).replace("{key}", key);
    let question = match (counting, grain) {
        (Counting::Rollup, Grain::Day) => rolled_up("coworking_analytics_days", "day"),
        (Counting::Rollup, Grain::Hour) => rolled_up("coworking_analytics_hours", "hour"),
        _ => COUNTED.to_owned(),
    };
    let rows: Vec<Row> = diesel::sql_query(question)
        .bind::<BigInt, _>(letters.len() as i64)
        .bind::<Text, _>(span.from.day().to_string())
        .bind::<Text, _>(span.to.day().to_string())
        .load(connection)?;
    let mut slots: BTreeMap<Moment, Slot> = BTreeMap::new();
    for row in rows {
        let hour_alone = row.start.len() == "2023-02-07 10".len();
        let text = if hour_alone { row.start + ":00" } else { row.start };
        let start = grain.begin(Moment::from_text(&text)?);
        // The question takes whole days.
        if span.contains(start) {
            let slot = slots.entry(start).or_insert(Slot { start, tokens: 0, visits: 0 });
            slot.tokens += row.tokens;
            slot.visits += row.visits;
        }
    }
    Ok(slots.into_values().collect())
}
