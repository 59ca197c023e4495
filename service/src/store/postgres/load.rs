//! Rows that are brought in, by COPY.

use std::cell::RefCell;
use std::io::Write;

use diesel::connection::SimpleConnection;
use diesel::pg::CopyFormat;
use diesel::prelude::*;
use service_settings::Postgres;

use super::dsn;
use crate::store::load::{LoadError, Loaded, NewToken, NewUser, Rows, refused};

mod schema {
    diesel::table! {
        users (id) {
            id -> Integer,
            first_name -> Text,
            last_name -> Text,
            joined_at -> Timestamp,
            is_active -> Bool,
        }
    }

    diesel::table! {
        tokens (id) {
            id -> Integer,
            user_id -> Integer,
            token -> Text,
            created_at -> Timestamp,
            used_at -> Nullable<Timestamp>,
        }
    }
}

/// The numbers that were brought in are not given again.
const SEQUENCES: &str = "
    SELECT setval(pg_get_serial_sequence('users', 'id'), greatest((SELECT max(id) FROM users), 1));
    SELECT setval(pg_get_serial_sequence('tokens', 'id'), greatest((SELECT max(id) FROM tokens), 1))";

/// Brings `rows` in, in one transaction on a connection of its own.
pub(in crate::store) fn load<E: std::error::Error + 'static>(
    postgres: &Postgres,
    rows: Rows<'_, E>,
) -> Result<Loaded, LoadError<E>> {
    use schema::{tokens, users};
    let mut connection = PgConnection::establish(dsn::dsn(postgres).expose())?;
    connection.build_transaction().read_write().run(|connection| {
        // Diesel tells what the server says of a COPY that is broken off, not why it was.
        let wrong = RefCell::new(None);
        let next = RefCell::new(rows.users);
        let columns = (users::id, users::first_name, users::last_name, users::joined_at, users::is_active);
        let users = diesel::copy_from(users::table)
            .from_raw_data(columns, |copy| send(copy, &mut **next.borrow_mut(), &wrong, user))
            .with_format(CopyFormat::Csv)
            .execute(connection)
            .map_err(|error| told("users", error, wrong.take()))?;
        let next = RefCell::new(rows.tokens);
        let send = |copy: &mut dyn Write| send(copy, &mut **next.borrow_mut(), &wrong, token);
        let tokens = if rows.numbered {
            let columns = (tokens::id, tokens::user_id, tokens::token, tokens::created_at, tokens::used_at);
            let copy = diesel::copy_from(tokens::table).from_raw_data(columns, send);
            copy.with_format(CopyFormat::Csv).execute(connection)
        } else {
            let columns = (tokens::user_id, tokens::token, tokens::created_at, tokens::used_at);
            let copy = diesel::copy_from(tokens::table).from_raw_data(columns, send);
            copy.with_format(CopyFormat::Csv).execute(connection)
        };
        let tokens = tokens.map_err(|error| told("tokens", error, wrong.take()))?;
        connection.batch_execute(SEQUENCES)?;
        Ok(Loaded { users, tokens })
    })
}

/// Tells the row that was wrong or the key that was refused, if that is why.
fn told<E>(table: &'static str, error: LoadError<E>, wrong: Option<E>) -> LoadError<E> {
    if let Some(wrong) = wrong {
        return LoadError::Row(wrong);
    }
    match error {
        LoadError::Query(error) => match refused(table, &error) {
            Some(refused) => LoadError::Key(refused),
            None => LoadError::Query(error),
        },
        error => error,
    }
}

fn send<T, E: std::error::Error + 'static>(
    copy: &mut dyn Write,
    rows: &mut dyn Iterator<Item = Result<T, E>>,
    wrong: &RefCell<Option<E>>,
    line: impl Fn(&T, &mut String),
) -> Result<(), LoadError<E>> {
    let mut lines = String::new();
    for row in rows {
        let row = row.map_err(|error| {
            wrong.replace(Some(error));
            LoadError::Query(diesel::result::Error::RollbackTransaction)
        })?;
        line(&row, &mut lines);
        // In portions: each is a message to the server.
        if lines.len() > 60_000 {
            copy.write_all(lines.as_bytes()).map_err(lost)?;
            lines.clear();
        }
    }
    copy.write_all(lines.as_bytes()).map_err(lost)
}

fn lost<E>(error: std::io::Error) -> LoadError<E> {
    LoadError::Query(diesel::result::Error::SerializationError(Box::new(error)))
}

/// A quoted text is never NULL, and an unquoted nothing always is.
fn user(user: &NewUser, lines: &mut String) {
    let NewUser { id, first_name, last_name, joined_at, is_active } = user;
    let (first_name, last_name) = (quoted(first_name), quoted(last_name));
    *lines += &format!("{id},{first_name},{last_name},{joined_at},{is_active}\n");
}

fn token(token: &NewToken, lines: &mut String) {
    if let Some(id) = token.id {
        *lines += &format!("{id},");
    }
    let NewToken { user_id, created_at, .. } = token;
    let used_at = token.used_at.map_or_else(String::new, |used_at| used_at.to_string());
    *lines += &format!("{user_id},{},{created_at},{used_at}\n", quoted(&token.token));
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
