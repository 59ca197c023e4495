//! `coworking-analytics seed`.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, settings};
use crate::console;
use crate::load;
use crate::store::{self, LoadError, Rows};

/// Fills an empty database with three years of visits that are made up
///
/// They are the same on every machine: for trying things out, and for measuring.
#[derive(Args)]
#[command(after_help = "Example:\n  coworking-analytics seed --users 5000 --tokens 1000000")]
pub(super) struct Seed {
    /// How many users
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=2_000_000_000))]
    users: u64,
    /// How many tokens
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(..=2_000_000_000))]
    tokens: u64,
}

impl Seed {
    pub(super) fn run(self) -> Result<(), Failure> {
        let settings = settings()?;
        let database = settings.database()?;
        let start = Instant::now();
        let bar = ProgressBar::new(self.users + self.tokens);
        let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} rows, {eta} to go");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        let seed = load::Seed { users: self.users, tokens: self.tokens };
        let mut users = bar.wrap_iter(seed.users()).map(Ok::<_, Infallible>);
        let mut tokens = bar.wrap_iter(seed.tokens()).map(Ok::<_, Infallible>);
        let rows = Rows { users: &mut users, tokens: &mut tokens, numbered: false };
        let result = store::load(&database, rows);
        bar.finish_and_clear();
        match result {
            Ok(loaded) => {
                let seconds = start.elapsed().as_secs_f64();
                let (users, tokens) = (loaded.users, loaded.tokens);
                console::say(format_args!("{users} users and {tokens} tokens in {seconds:.1} s"));
                Ok(())
            }
            Err(LoadError::Key(_)) => Err("there are users already: only an empty database is filled".into()),
            Err(error) => Err(error.into()),
        }
    }
}
