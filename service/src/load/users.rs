//! A row of users.

use super::file::{Column, Row, Wrong, id, text};
use crate::reports::Moment;
use crate::store::NewUser;

pub(super) const COLUMNS: [Column; 5] = [
    Column { name: "id", required: true },
    Column { name: "first_name", required: true },
    Column { name: "last_name", required: true },
    Column { name: "joined_at", required: true },
    Column { name: "is_active", required: false },
];

pub(super) const EXPECTED: &str = "id,first_name,last_name,joined_at, and is_active if it is to be read";

pub(super) fn user(row: &Row<'_>) -> Result<NewUser, Wrong> {
    Ok(NewUser {
        id: row.read("id", id)?,
        first_name: row.read("first_name", text(50))?,
        last_name: row.read("last_name", text(50))?,
        joined_at: row.read("joined_at", moment)?,
        is_active: row.maybe("is_active", truth)?.unwrap_or(true),
    })
}

pub(super) fn moment(text: &str) -> Result<Moment, String> {
    Moment::from_text(text).map_err(|error| error.to_string())
}

fn truth(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "t" | "true" | "1" => Ok(true),
        "f" | "false" | "0" => Ok(false),
        _ => Err(format!("`{text}` is not `true` or `false`")),
    }
}
