//! A row of tokens.

use super::file::{Column, Row, Wrong, id, text};
use super::users::moment;
use crate::store::NewToken;

pub(super) const COLUMNS: [Column; 5] = [
    Column { name: "id", required: false },
    Column { name: "user_id", required: true },
    Column { name: "token", required: true },
    Column { name: "created_at", required: true },
    Column { name: "used_at", required: true },
];

pub(super) const EXPECTED: &str = "user_id,token,created_at,used_at, and id if it is to be kept";

/// A token without an id gets one from the database; without a `used_at` it was never used.
pub(super) fn token(row: &Row<'_>) -> Result<NewToken, Wrong> {
    Ok(NewToken {
        id: row.maybe("id", id)?,
        user_id: row.read("user_id", id)?,
        token: row.read("token", text(6))?,
        created_at: row.read("created_at", moment)?,
        used_at: row.maybe("used_at", moment)?,
    })
}
