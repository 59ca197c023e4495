//! Rows that are brought in: all of them, or none.

use diesel::result::{ConnectionError, DatabaseErrorKind, Error as QueryError};

use super::PrepareError;
use crate::reports::Moment;

/// A user who is brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// The number.
    pub id: i64,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// When the user joined.
    pub joined_at: Moment,
    /// Whether the user may still come.
    pub is_active: bool,
}

/// A token that is brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// The number; absent if the database is to give one.
    pub id: Option<i64>,
    /// Whose it is.
    pub user_id: i64,
    /// The token itself.
    pub token: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it was used.
    pub used_at: Option<Moment>,
}

/// What is brought in. The tokens are asked for once the users are there.
pub struct Rows<'a, E> {
    /// The users.
    pub users: &'a mut dyn Iterator<Item = Result<NewUser, E>>,
    /// Their tokens. Either all of them have a number, or none has.
    pub tokens: &'a mut dyn Iterator<Item = Result<NewToken, E>>,
    /// Whether the tokens have numbers.
    pub numbered: bool,
}

/// How many rows came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Users.
    pub users: usize,
    /// Tokens.
    pub tokens: usize,
}

/// A key that the database refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is there already, or comes twice.
    Twice {
        /// The table.
        table: &'static str,
        /// The key.
        key: String,
    },
    /// A token's user is not there.
    Nobody {
        /// The user.
        key: String,
    },
}

/// Why nothing came in.
#[derive(Debug, thiserror::Error)]
pub enum LoadError<E> {
    /// A row is wrong.
    #[error(transparent)]
    Row(E),
    /// The database refused a key.
    #[error("the database refused a key: {0:?}")]
    Key(Refused),
    /// The database cannot be reached.
    #[error("the database cannot be reached")]
    Unreachable(#[from] ConnectionError),
    /// The tables could not be made.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// The database refused a statement.
    #[error("the database refused a statement")]
    Query(#[from] QueryError),
}

/// The number in PostgreSQL's `Key (id)=(5) already exists.`
pub(super) fn refused(table: &'static str, error: &QueryError) -> Option<Refused> {
    let QueryError::DatabaseError(kind, told) = error else { return None };
    let detail = told.details().unwrap_or_default();
    let key = detail.split_once(")=(").and_then(|(_, rest)| rest.split_once(')'));
    let key = key.map(|(key, _)| key.to_owned())?;
    match kind {
        DatabaseErrorKind::UniqueViolation => Some(Refused::Twice { table, key }),
        DatabaseErrorKind::ForeignKeyViolation => Some(Refused::Nobody { key }),
        _ => None,
    }
}
