//! The two reports, from the roll-ups or from the tokens.

use diesel::dsl::{count_star, sql};
use diesel::pg::data_types::{PgDate, PgTimestamp};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Timestamp};

use super::question::question;
use super::{read_day, read_moment, tokens};
use crate::reports::{DailyUsage, UserVisits, Visits};
use crate::store::{Counting, StoreError};

question! {
    /// The used tokens of each day.
    DaysRolledUp -> (Nullable<Date>, BigInt): "
        SELECT day, sum(used)::bigint FROM (
            SELECT hour::date AS day, used FROM coworking_analytics_delta WHERE hour IS NOT NULL
            UNION ALL SELECT day, used FROM coworking_analytics_days
        ) AS all_of_them
        GROUP BY day HAVING sum(used) <> 0"
}

question! {
    /// All tokens of each user. The users stand first, so that tables are locked in the order of a `TRUNCATE`
    /// that takes users and tokens.
    UsersRolledUp -> (Nullable<BigInt>, BigInt, Nullable<Timestamp>): "
        SELECT t.user_id, t.visits, users.joined_at::timestamp
        FROM users RIGHT JOIN (
            SELECT user_id, sum(tokens)::bigint AS visits FROM (
                SELECT user_id, tokens FROM coworking_analytics_delta WHERE user_id IS NOT NULL
                UNION ALL SELECT user_id, tokens FROM coworking_analytics_users
            ) AS all_of_them
            GROUP BY user_id HAVING sum(tokens) <> 0
        ) AS t ON users.id = t.user_id"
}

question! {
    /// The same from the tokens, which are counted before, not after, the join. The casts make it fit a view of
    /// wider types.
    UsersCounted -> (Nullable<BigInt>, BigInt, Nullable<Timestamp>): "
        SELECT t.user_id::bigint, t.visits, users.joined_at::timestamp
        FROM (SELECT user_id, count(*) AS visits FROM tokens GROUP BY user_id) AS t
        LEFT JOIN users ON users.id = t.user_id"
}

/// Counts the used tokens of each day.
pub(super) fn daily_usage(
    connection: &mut PgConnection,
    counting: Counting,
) -> Result<DailyUsage, StoreError> {
    let counts: Vec<(Option<PgDate>, i64)> = if counting == Counting::Rollup {
        DaysRolledUp.load(connection)?
    } else {
        // A view may hold moments of other types: all of them have a `date`.
        let day = || sql::<Nullable<Date>>("date(created_at)");
        let used = tokens::table.filter(tokens::used_at.is_not_null());
        used.group_by(day()).select((day(), count_star())).load(connection)?
    };
    counts.into_iter().map(|(day, count)| Ok((day.map(read_day).transpose()?, count))).collect()
}

/// Counts all tokens of each user.
pub(super) fn user_visits(
    connection: &mut PgConnection,
    counting: Counting,
) -> Result<UserVisits, StoreError> {
    type Row = (Option<i64>, i64, Option<PgTimestamp>);
    let entry = |(user_id, visits, joined_at): Row| {
        let joined_at = joined_at.map(read_moment).transpose()?;
        Ok((user_id.ok_or(StoreError::TokenOfNobody)?, Visits::new(joined_at, visits)))
    };
    let rows: Vec<Row> = match counting {
        Counting::Rollup => UsersRolledUp.load(connection)?,
        _ => UsersCounted.load(connection)?,
    };
    rows.into_iter().map(entry).collect()
}
