//! Rows that are brought in, some hundred a statement.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use super::prepare::{BATCH, tables};
use crate::store::load::{LoadError, Loaded, NewToken, NewUser, Refused, Rows};

mod schema {
    diesel::table! {
        users (id) {
            id -> BigInt,
            first_name -> Text,
            last_name -> Text,
            joined_at -> Text,
            is_active -> Bool,
        }
    }

    diesel::table! {
        tokens (id) {
            id -> BigInt,
            user_id -> BigInt,
            token -> Text,
            created_at -> Text,
            used_at -> Nullable<Text>,
        }
    }
}

use schema::{tokens, users};

/// Brings `rows` into the database in `file`, in one transaction; makes the tables first.
pub(in crate::store) fn load<E>(file: &Path, rows: Rows<'_, E>) -> Result<Loaded, LoadError<E>> {
    let mut connection = SqliteConnection::establish(&file.to_string_lossy())?;
    connection.batch_execute("PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = off")?;
    connection.immediate_transaction(|connection| {
        tables(connection)?;
        let users = batches(rows.users, |batch: &[NewUser]| {
            let rows = batch.iter().map(|user| {
                (
                    users::id.eq(user.id),
                    users::first_name.eq(&user.first_name),
                    users::last_name.eq(&user.last_name),
                    users::joined_at.eq(user.joined_at.to_string()),
                    users::is_active.eq(user.is_active),
                )
            });
            let rows: Vec<_> = rows.collect();
            let ids = batch.iter().map(|user| user.id).collect::<Vec<_>>();
            twice(diesel::insert_into(users::table).values(rows).execute(connection), "users", || {
                let known = users::table.filter(users::id.eq_any(&ids)).select(users::id);
                known.load(connection).map(|known| first_of(&ids, &known))
            })
        })?;
        let tokens = batches(rows.tokens, |batch: &[NewToken]| {
            let people: Vec<i64> = batch.iter().map(|token| token.user_id).collect();
            let known: Vec<i64> =
                users::table.filter(users::id.eq_any(&people)).select(users::id).load(connection)?;
            if let Some(nobody) = people.iter().find(|id| !known.contains(id)) {
                return Err(LoadError::Key(Refused::Nobody { key: nobody.to_string() }));
            }
            let rows = batch.iter().map(|token| {
                (
                    tokens::user_id.eq(token.user_id),
                    tokens::token.eq(&token.token),
                    tokens::created_at.eq(token.created_at.to_string()),
                    tokens::used_at.eq(token.used_at.map(|used_at| used_at.to_string())),
                )
            });
            if !rows_are_numbered(batch) {
                let rows: Vec<_> = rows.collect();
                return Ok(diesel::insert_into(tokens::table).values(rows).execute(connection)?);
            }
            let ids: Vec<i64> = batch.iter().filter_map(|token| token.id).collect();
            let rows: Vec<_> = ids.iter().map(|id| tokens::id.eq(*id)).zip(rows).collect();
            let rows: Vec<_> = rows
                .into_iter()
                .map(|(id, (user_id, token, created_at, used_at))| (id, user_id, token, created_at, used_at))
                .collect();
            twice(diesel::insert_into(tokens::table).values(rows).execute(connection), "tokens", || {
                let known = tokens::table.filter(tokens::id.eq_any(&ids)).select(tokens::id);
                known.load(connection).map(|known| first_of(&ids, &known))
            })
        })?;
        Ok(Loaded { users, tokens })
    })
}

fn rows_are_numbered(batch: &[NewToken]) -> bool {
    batch.iter().all(|token| token.id.is_some())
}

/// Hands on so many rows at a time, and adds up what came of them.
fn batches<T, E>(
    rows: &mut dyn Iterator<Item = Result<T, E>>,
    mut write: impl FnMut(&[T]) -> Result<usize, LoadError<E>>,
) -> Result<usize, LoadError<E>> {
    let mut written = 0;
    loop {
        let batch = rows.take(BATCH).collect::<Result<Vec<T>, E>>().map_err(LoadError::Row)?;
        if batch.is_empty() {
            return Ok(written);
        }
        written += write(&batch)?;
    }
}

/// Finds out which key it was, if one was there already.
fn twice<E>(
    result: Result<usize, QueryError>,
    table: &'static str,
    key: impl FnOnce() -> Result<Option<i64>, QueryError>,
) -> Result<usize, LoadError<E>> {
    match result {
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, told)) => match key()? {
            Some(key) => Err(LoadError::Key(Refused::Twice { table, key: key.to_string() })),
            None => Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, told).into()),
        },
        result => Ok(result?),
    }
}

/// The first key that is known already, or that comes twice.
fn first_of(keys: &[i64], known: &[i64]) -> Option<i64> {
    let mut seen = std::collections::BTreeSet::from_iter(known.iter().copied());
    keys.iter().copied().find(|key| !seen.insert(*key))
}
