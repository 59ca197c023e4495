//! The reports from PostgreSQL.

mod dsn;
mod load;
mod migrate;
mod question;
mod reports;
mod rollup;
mod servers;
mod session;
mod slots;
mod store;
mod version;
mod visitors;

use diesel::pg::data_types::{PgDate, PgTimestamp};

use crate::reports::{CalendarError, Day, Moment};

pub(super) use load::load;
pub use store::PostgresStore;

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
