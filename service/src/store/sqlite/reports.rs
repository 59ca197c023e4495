//! The two reports, and the version of what they are read from.

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::tokens;
use crate::reports::{DailyUsage, Day, Moment, UserVisits, Visits};
use crate::store::{Counting, StoreError};

/// The same question as PostgreSQL's.
const USER_VISITS: &str = "
    SELECT t.user_id, t.visits, users.joined_at
    FROM (SELECT user_id, count(*) AS visits FROM tokens GROUP BY user_id) AS t
    LEFT JOIN users ON users.id = t.user_id";

/// The same from the roll-ups.
const USER_VISITS_ROLLED_UP: &str = "
    SELECT t.user_id, t.tokens AS visits, users.joined_at
    FROM coworking_analytics_users AS t
    LEFT JOIN users ON users.id = t.user_id
    WHERE t.tokens <> 0";

diesel::table! {
    coworking_analytics_days (day) {
        day -> Text,
        used -> BigInt,
    }
}

#[derive(QueryableByName)]
struct UserRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    user_id: Option<i64>,
    #[diesel(sql_type = BigInt)]
    visits: i64,
    #[diesel(sql_type = Nullable<Text>)]
    joined_at: Option<String>,
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

/// A number that is another one after each commit of another connection. It says nothing to a third: there must
/// be one connection for all who compare it, which writes nothing itself.
pub(super) fn version(connection: &mut SqliteConnection) -> Result<String, StoreError> {
    let version: DataVersion = diesel::sql_query("PRAGMA data_version").get_result(connection)?;
    Ok(version.data_version.to_string())
}

/// Counts the used tokens of each day.
pub(super) fn daily_usage(
    connection: &mut SqliteConnection,
    counting: Counting,
) -> Result<DailyUsage, StoreError> {
    use coworking_analytics_days as days;
    let counts: Vec<(Option<String>, i64)> = if counting == Counting::Rollup {
        days::table.filter(days::used.ne(0)).select((days::day.nullable(), days::used)).load(connection)?
    } else {
        // Not SQLite's own `date`, which makes a day of almost anything.
        let day = || sql::<Nullable<Text>>("substr(created_at, 1, 10)");
        let used = tokens::table.filter(tokens::used_at.is_not_null());
        used.group_by(day()).select((day(), count_star())).load(connection)?
    };
    let counts = counts.into_iter();
    counts.map(|(day, count)| Ok((day.as_deref().map(Day::from_text).transpose()?, count))).collect()
}

/// Counts all tokens of each user.
pub(super) fn user_visits(
    connection: &mut SqliteConnection,
    counting: Counting,
) -> Result<UserVisits, StoreError> {
    let question = if counting == Counting::Rollup { USER_VISITS_ROLLED_UP } else { USER_VISITS };
    let rows: Vec<UserRow> = diesel::sql_query(question).load(connection)?;
    let entries = rows.into_iter().map(|row| {
        let joined_at = row.joined_at.as_deref().map(Moment::from_text).transpose()?;
        Ok((row.user_id.ok_or(StoreError::TokenOfNobody)?, Visits::new(joined_at, row.visits)))
    });
    entries.collect()
}
