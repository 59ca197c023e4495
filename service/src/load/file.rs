//! A CSV file, a row at a time: whatever is wrong is told with file, line and column.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use csv::{Reader, ReaderBuilder, StringRecord, Trim};

use super::{tokens, users};
use crate::store::{NewToken, NewUser};

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be opened or read.
    #[error("{}: cannot be read", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// It is no CSV, or a row has more or fewer columns than the first line.
    #[error("{}:{line}: {what}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// The first line does not name the columns.
    #[error("{}:1: {what}; expected is {expected}", .path.display())]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
        /// What there should be.
        expected: &'static str,
    },
    /// A value that cannot be.
    #[error("{}:{line}: column `{column}`: {what}", .path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line on which the row begins.
        line: u64,
        /// The column.
        column: &'static str,
        /// What is wrong.
        what: String,
    },
}

/// A column, and whether every file has it.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) required: bool,
}

/// What a row is made of: where each column stands, and the texts.
pub(super) struct Row<'a> {
    columns: &'a [Column],
    places: &'a [Option<usize>],
    record: &'a StringRecord,
}

/// Which column is wrong, and how.
pub(super) type Wrong = (&'static str, String);

impl Row<'_> {
    /// The text in `column`, if it is there and not empty.
    pub(super) fn get(&self, column: &'static str) -> Option<&str> {
        let index = self.columns.iter().position(|known| known.name == column)?;
        self.places[index].and_then(|place| self.record.get(place)).filter(|text| !text.is_empty())
    }

    /// The text in `column`, read by `read`; not empty.
    pub(super) fn read<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, Wrong> {
        let text = self.get(column).ok_or_else(|| (column, "it is empty".to_owned()))?;
        read(text).map_err(|what| (column, what))
    }

    /// As [`Row::read`], or nothing if it is empty or missing.
    pub(super) fn maybe<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Wrong> {
        self.get(column).map(|text| read(text).map_err(|what| (column, what))).transpose()
    }
}

/// Reads users from `path`. Each portion that is read goes through `input`, such as a progress bar's.
pub fn read_users<R: Read>(
    path: &Path,
    input: impl FnOnce(File) -> R,
) -> Result<impl Iterator<Item = Result<NewUser, FileError>>, FileError> {
    rows(path, input, &users::COLUMNS, users::EXPECTED, users::user)
}

/// Reads tokens from `path`, as [`read_users`] reads users.
pub fn read_tokens<R: Read>(
    path: &Path,
    input: impl FnOnce(File) -> R,
) -> Result<impl Iterator<Item = Result<NewToken, FileError>>, FileError> {
    rows(path, input, &tokens::COLUMNS, tokens::EXPECTED, tokens::token)
}

fn rows<R: Read, T>(
    path: &Path,
    input: impl FnOnce(File) -> R,
    columns: &'static [Column],
    expected: &'static str,
    read: fn(&Row<'_>) -> Result<T, Wrong>,
) -> Result<impl Iterator<Item = Result<T, FileError>>, FileError> {
    let mut reader = open(path, input)?;
    let header = reader.headers().map_err(|error| malformed(path, &error))?.clone();
    let places = places(&header, columns).map_err(|what| FileError::Header {
        path: path.to_owned(),
        what,
        expected,
    })?;
    let path = path.to_owned();
    Ok(reader.into_records().map(move |record| {
        let record = record.map_err(|error| malformed(&path, &error))?;
        let row = Row { columns, places: &places, record: &record };
        read(&row).map_err(|(column, what)| {
            let line = record.position().map_or(0, csv::Position::line);
            FileError::Value { path: path.clone(), line, column, what }
        })
    }))
}

/// A reader of the file at `path`.
pub(super) fn open<R: Read>(path: &Path, input: impl FnOnce(File) -> R) -> Result<Reader<R>, FileError> {
    let file = File::open(path).map_err(|source| FileError::Unreadable { path: path.to_owned(), source })?;
    Ok(ReaderBuilder::new().trim(Trim::Headers).from_reader(input(file)))
}

fn malformed(path: &Path, error: &csv::Error) -> FileError {
    let line = error.position().map_or(1, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} columns where the first line has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    FileError::Malformed { path: path.to_owned(), line, what }
}

/// Where each column stands. A byte order mark is the csv crate's to skip.
fn places(header: &StringRecord, columns: &[Column]) -> Result<Vec<Option<usize>>, String> {
    for (place, name) in header.iter().enumerate() {
        if !columns.iter().any(|column| column.name == name) {
            return Err(format!("there is no column `{name}`"));
        }
        if header.iter().take(place).any(|before| before == name) {
            return Err(format!("column `{name}` comes twice"));
        }
    }
    let place = |column: &Column| match header.iter().position(|name| name == column.name) {
        None if column.required => Err(format!("column `{}` is missing", column.name)),
        place => Ok(place),
    };
    columns.iter().map(place).collect()
}

/// A whole number from 1 to PostgreSQL's greatest `integer`.
pub(super) fn id(text: &str) -> Result<i64, String> {
    let number = text.parse().ok().filter(|number| (1..=i64::from(i32::MAX)).contains(number));
    number.ok_or_else(|| format!("`{text}` is not a whole number from 1 to {}", i32::MAX))
}

/// A text of so many characters at most.
pub(super) fn text(most: usize) -> impl Fn(&str) -> Result<String, String> {
    move |text| match text.chars().count() {
        count if count > most => Err(format!("it has {count} characters, of which {most} fit")),
        _ if text.contains('\0') => Err("it holds a zero byte".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(users: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.csv");
        std::fs::write(&path, users).unwrap();
        let result = read_users(&path, |file| file).and_then(|rows| rows.collect::<Result<Vec<_>, _>>());
        let told = result.map_or_else(|error| error.to_string(), |rows| format!("{} rows", rows.len()));
        told.replace(&format!("{}/", folder.path().display()), "")
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        const HEAD: &str = "id,first_name,last_name,joined_at\n";
        for (rows, expected) in [
            ("1,Ada,\"O'Hara, B\",2023-02-07 10:11:12.1\n2,B,C,2023-02-07\n", "2 rows"),
            ("", "0 rows"),
            (
                "1,\"A\nB\",C,2023-02-07\n2,A,B,soon\n",
                "users.csv:4: column `joined_at`: `soon` is no moment between the years 1 and 9999",
            ),
            (
                "x,A,B,2023-02-07\n",
                "users.csv:2: column `id`: `x` is not a whole number from 1 to 2147483647",
            ),
            ("1,,B,2023-02-07\n", "users.csv:2: column `first_name`: it is empty"),
            ("1,A,B\n", "users.csv:2: 3 columns where the first line has 4"),
        ] {
            assert_eq!(told(&[HEAD, rows].concat()), expected);
        }
        let long = format!("{HEAD}1,{},B,2023-02-07\n", "ä".repeat(51));
        assert_eq!(told(&long), "users.csv:2: column `first_name`: it has 51 characters, of which 50 fit");
        let expected = "expected is id,first_name,last_name,joined_at, and is_active if it is to be read";
        assert_eq!(told("id,name\n"), format!("users.csv:1: there is no column `name`; {expected}"));
        assert_eq!(
            told("id,last_name\n"),
            format!("users.csv:1: column `first_name` is missing; {expected}")
        );
        assert_eq!(told("id,id\n"), format!("users.csv:1: column `id` comes twice; {expected}"));
        assert_eq!(
            told("\u{feff}joined_at,last_name,first_name,is_active,id\n2023-02-07,A,B,f,7\n"),
            "1 rows"
        );
    }
}
