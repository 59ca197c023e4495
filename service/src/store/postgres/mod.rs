//! The reports from PostgreSQL.

mod dsn;
mod migrate;
mod session;
mod slots;
mod visitors;

use async_trait::async_trait;
use diesel::dsl::{count_star, sql};
use diesel::pg::data_types::{PgDate, PgTimestamp};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Timestamp};
use service_settings::{Postgres, Secret, Settings};

use self::session::Session;
use super::pool::{Asking, BoundedPool};
use super::{PrepareError, Store, StoreError};
use crate::reports::{
    CalendarError, DailyUsage, Day, Grain, Moment, Page, Slot, Span, UserVisits, Visitor, Visits,
};

diesel::table! {
    /// What the reports need of the tokens. Everything may be absent: `tokens` may be a view.
    tokens (id) {
        /// Never read: Diesel wants a key.
        id -> Integer,
        /// When the token was made, without a zone.
        created_at -> Nullable<Timestamp>,
        /// When the token was used.
        used_at -> Nullable<Timestamp>,
    }
}

/// Counts in a derived table, which Diesel's own language cannot say: so the tokens are counted
/// before, not after, the join. The casts make it fit a view of wider types.
const USER_VISITS: &str = "
    SELECT t.user_id::bigint AS user_id, t.visits, users.joined_at::timestamp AS joined_at
    FROM (SELECT user_id, count(*) AS visits FROM tokens GROUP BY user_id) AS t
    LEFT JOIN users ON users.id = t.user_id";

#[derive(QueryableByName)]
struct UserRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    user_id: Option<i64>,
    #[diesel(sql_type = BigInt)]
    visits: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    joined_at: Option<PgTimestamp>,
}

/// A PostgreSQL server.
///
/// Dates and moments come in its binary form, as numbers, which no `DateStyle` or `TimeZone` changes.
pub struct PostgresStore {
    pool: BoundedPool<PgConnection>,
    dsn: Secret,
}

impl PostgresStore {
    /// The server that `postgres` tells of.
    pub fn new(postgres: &Postgres, settings: &Settings) -> PostgresStore {
        let dsn = dsn::dsn(postgres);
        let session = Box::new(Session::new(settings.timeout()));
        let pool = BoundedPool::new(dsn.expose(), settings.db_pool_size, settings.timeout(), session);
        PostgresStore { pool, dsn }
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn probe(&self) -> Result<(), StoreError> {
        let question = |connection: &mut PgConnection| {
            let one = 1.into_sql::<Integer>();
            tokens::table.select(one).limit(1).load::<i32>(connection).map(drop).map_err(StoreError::from)
        };
        self.pool.ask(Asking::Probe, question).await
    }

    async fn daily_usage(&self) -> Result<DailyUsage, StoreError> {
        let question = |connection: &mut PgConnection| {
            // A view may hold moments of other types: all of them have a `date`.
            let day = || sql::<Nullable<Date>>("date(created_at)");
            let counts: Vec<(Option<PgDate>, i64)> = tokens::table
                .filter(tokens::used_at.is_not_null())
                .group_by(day())
                .select((day(), count_star()))
                .load(connection)?;
            let counts = counts.into_iter().map(|(day, count)| Ok((day.map(read_day).transpose()?, count)));
            counts.collect()
        };
        self.pool.ask(Asking::Report, question).await
    }

    async fn user_visits(&self) -> Result<UserVisits, StoreError> {
        let question = |connection: &mut PgConnection| {
            let rows: Vec<UserRow> = diesel::sql_query(USER_VISITS).load(connection)?;
            let entries = rows.into_iter().map(|row| {
                let joined_at = row.joined_at.map(read_moment).transpose()?;
                Ok((row.user_id.ok_or(StoreError::TokenOfNobody)?, Visits::new(joined_at, row.visits)))
            });
            entries.collect()
        };
        self.pool.ask(Asking::Report, question).await
    }

    async fn slots(&self, span: Span, grain: Grain) -> Result<Vec<Slot>, StoreError> {
        self.pool.ask(Asking::Report, move |connection| slots::slots(connection, span, grain)).await
    }

    async fn visitors(&self, page: Page) -> Result<Vec<Visitor>, StoreError> {
        self.pool.ask(Asking::Report, move |connection| visitors::visitors(connection, &page)).await
    }

    fn prepare(&self) -> Result<(), PrepareError> {
        migrate::migrate(&self.dsn)
    }
}

/// The greatest and the least number stand for `infinity` and `-infinity`.
fn read_day(PgDate(days): PgDate) -> Result<Day, CalendarError> {
    match days {
        i32::MAX => Ok(Day::LAST),
        i32::MIN => Ok(Day::first()),
        days => Day::from_2000(days.into()),
    }
}

fn read_moment(PgTimestamp(microseconds): PgTimestamp) -> Result<Moment, CalendarError> {
    match microseconds {
        i64::MAX => Ok(Moment::last()),
        i64::MIN => Ok(Moment::first()),
        microseconds => Moment::from_2000(microseconds),
    }
}
