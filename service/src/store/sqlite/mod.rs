//! The reports from the embedded database: SQLite, in a file.

mod prepare;
mod sample;
mod slots;
mod visitors;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use diesel::connection::SimpleConnection;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::r2d2::{CustomizeConnection, Error};
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use service_settings::Settings;

use super::pool::{Asking, BoundedPool};
use super::{PrepareError, Store, StoreError};
use crate::reports::{DailyUsage, Day, Grain, Moment, Page, Slot, Span, UserVisits, Visitor, Visits};

diesel::table! {
    /// The people who come.
    users (id) {
        /// Their number.
        id -> BigInt,
        /// Their first name.
        first_name -> Text,
        /// Their last name.
        last_name -> Text,
        /// When they joined.
        joined_at -> Text,
    }
}

diesel::table! {
    /// The tokens they asked for.
    tokens (id) {
        /// Its number.
        id -> BigInt,
        /// Whose it is.
        user_id -> Nullable<BigInt>,
        /// The token itself.
        token -> Text,
        /// When it was made.
        created_at -> Nullable<Text>,
        /// When it was used.
        used_at -> Nullable<Text>,
    }
}

/// The same question as PostgreSQL's.
const USER_VISITS: &str = "
    SELECT t.user_id, t.visits, users.joined_at
    FROM (SELECT user_id, count(*) AS visits FROM tokens GROUP BY user_id) AS t
    LEFT JOIN users ON users.id = t.user_id";

#[derive(QueryableByName)]
struct UserRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    user_id: Option<i64>,
    #[diesel(sql_type = BigInt)]
    visits: i64,
    #[diesel(sql_type = Nullable<Text>)]
    joined_at: Option<String>,
}

/// The embedded database.
pub struct SqliteStore {
    pool: BoundedPool<SqliteConnection>,
    file: PathBuf,
}

impl SqliteStore {
    /// The database in `file`.
    pub fn new(file: &Path, settings: &Settings) -> SqliteStore {
        let (size, bound) = (settings.db_pool_size, settings.timeout());
        let pool = BoundedPool::new(&file.to_string_lossy(), size, bound, Box::new(Reader));
        SqliteStore { pool, file: file.to_owned() }
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn probe(&self) -> Result<(), StoreError> {
        let question = |connection: &mut SqliteConnection| {
            let one = 1.into_sql::<Integer>();
            tokens::table.select(one).limit(1).load::<i32>(connection).map(drop).map_err(StoreError::from)
        };
        self.pool.ask(Asking::Probe, question).await
    }

    async fn daily_usage(&self) -> Result<DailyUsage, StoreError> {
        let question = |connection: &mut SqliteConnection| {
            // Not SQLite's own `date`, which makes a day of almost anything.
            let day = || sql::<Nullable<Text>>("substr(created_at, 1, 10)");
            let counts: Vec<(Option<String>, i64)> = tokens::table
                .filter(tokens::used_at.is_not_null())
                .group_by(day())
                .select((day(), count_star()))
                .load(connection)?;
            let counts = counts.into_iter();
            counts.map(|(day, count)| Ok((day.as_deref().map(Day::from_text).transpose()?, count))).collect()
        };
        self.pool.ask(Asking::Report, question).await
    }

    async fn user_visits(&self) -> Result<UserVisits, StoreError> {
        let question = |connection: &mut SqliteConnection| {
            let rows: Vec<UserRow> = diesel::sql_query(USER_VISITS).load(connection)?;
            let entries = rows.into_iter().map(|row| {
                let joined_at = row.joined_at.as_deref().map(Moment::from_text).transpose()?;
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
        prepare::prepare(&self.file)
    }
}

/// Makes a session read-only, and patient with whoever writes.
#[derive(Debug)]
struct Reader;

impl CustomizeConnection<SqliteConnection, Error> for Reader {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), Error> {
        connection
            .batch_execute("PRAGMA busy_timeout = 1000; PRAGMA query_only = on")
            .map_err(Error::QueryError)
    }
}
