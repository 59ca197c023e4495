//! A number that a question in SQL counts.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// The one row of a question whose column is named `count`.
#[derive(QueryableByName)]
pub(super) struct Count {
    #[diesel(sql_type = BigInt)]
    pub(super) count: i64,
}
