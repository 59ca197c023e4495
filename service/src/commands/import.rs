//! `coworking-analytics import`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, settings};
use crate::console;
use crate::load::{self, FileError};
use crate::store::{self, LoadError, NewToken, Rows};

/// Brings users and tokens in from two CSV files
///
/// The first line names the columns: id, first_name, last_name, joined_at and, if you like, is_active; user_id, token,
/// created_at, used_at and, if you like, id. Their order does not matter, an empty `used_at` means not used, and
/// moments are read as 2023-02-07 10:11:12.1. If anything is wrong, it is told by file, line and column, and nothing
/// at all is brought in.
#[derive(Args)]
#[command(after_help = "Example:\n  coworking-analytics import users.csv tokens.csv")]
pub(super) struct Import {
    /// The users
    users: PathBuf,
    /// Their tokens
    tokens: PathBuf,
}

impl Import {
    pub(super) fn run(self) -> Result<(), Failure> {
        let settings = settings()?;
        let database = settings.database()?;
        let start = Instant::now();
        let bar = bar(&[&self.users, &self.tokens]);
        let mut users = load::read_users(&self.users, |file| bar.wrap_read(file))?;
        let tokens = load::read_tokens(&self.tokens, |file| bar.wrap_read(file))?;
        // The first says for all whether they have numbers: it is a column, or it is none.
        let mut tokens = tokens.peekable();
        let numbered = matches!(tokens.peek(), Some(Ok(NewToken { id: Some(_), .. })));
        let mut tokens = tokens.map(|token| match token {
            Ok(token) if token.id.is_some() != numbered => Err(Wrong::SomeNumbered(token.user_id)),
            token => token.map_err(Wrong::File),
        });
        let mut users = users.by_ref().map(|user| user.map_err(Wrong::File));
        let rows = Rows { users: &mut users, tokens: &mut tokens, numbered };
        let result = store::load(&database, rows);
        bar.finish_and_clear();
        match result {
            Ok(loaded) => {
                let seconds = start.elapsed().as_secs_f64();
                let (users, tokens) = (loaded.users, loaded.tokens);
                console::say(format_args!("{users} users and {tokens} tokens in {seconds:.1} s"));
                Ok(())
            }
            Err(LoadError::Row(wrong)) => Err(wrong.into()),
            Err(LoadError::Key(refused)) => {
                Err(load::name_the_line(&self.users, &self.tokens, &refused)?.into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Why a row cannot come in.
#[derive(Debug, thiserror::Error)]
enum Wrong {
    #[error(transparent)]
    File(FileError),
    #[error("some tokens have an `id` and some do not, such as one of user {0}")]
    SomeNumbered(i64),
}

/// How many bytes of the files are read; shown if somebody looks.
fn bar(files: &[&PathBuf]) -> ProgressBar {
    let length = files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum();
    let bar = ProgressBar::new(length);
    let style = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} to go");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
