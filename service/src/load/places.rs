//! Where a key stands that the database refused: the database tells the key, the file the line.

use std::path::Path;

use super::file::{FileError, open};
use crate::store::Refused;

/// What to tell of a key that the database refused.
pub fn name_the_line(users: &Path, tokens: &Path, refused: &Refused) -> Result<String, FileError> {
    let (path, column) = match refused {
        Refused::Twice { table: "users", .. } => (users, "id"),
        Refused::Twice { .. } => (tokens, "id"),
        Refused::Nobody { .. } => (tokens, "user_id"),
    };
    let (Refused::Twice { key, .. } | Refused::Nobody { key }) = refused;
    let lines = lines(path, column, key)?;
    let place = |line: &u64| format!("{}:{line}: column `{column}`", path.display());
    Ok(match (refused, lines.as_slice()) {
        (Refused::Nobody { .. }, [line, ..]) => format!("{}: there is no user {key}", place(line)),
        (Refused::Twice { .. }, [first, second, ..]) => {
            format!("{}: {key} stands in line {first} already", place(second))
        }
        (Refused::Twice { table, .. }, [line]) => {
            format!("{}: {key} is in the table `{table}` already", place(line))
        }
        (Refused::Twice { table, .. }, []) => format!("the table `{table}` holds {key} already"),
        (Refused::Nobody { .. }, []) => format!("there is no user {key}"),
    })
}

/// The first two lines on which `column` is `key`.
fn lines(path: &Path, column: &str, key: &str) -> Result<Vec<u64>, FileError> {
    let mut reader = open(path, |file| file)?;
    let place = reader.headers().ok().and_then(|header| header.iter().position(|name| name == column));
    let Some(place) = place else { return Ok(Vec::new()) };
    let same = |text: &str| text == key || text.parse::<i64>().is_ok_and(|number| number.to_string() == key);
    let records = reader.into_records().map_while(Result::ok);
    let found = records.filter(|record| record.get(place).is_some_and(same));
    Ok(found.filter_map(|record| record.position().map(csv::Position::line)).take(2).collect())
}
