//! What the program does when it is called, a file each; settings are variables, and arguments say the rest.

mod check;
mod healthcheck;
mod import;
mod migrate;
mod openapi;
mod seed;
mod serve;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use service_settings::{LogLevel, Settings};

use crate::observe::Chain;
use crate::{console, observe, store};

/// Why a command ends otherwise than well.
type Failure = Box<dyn Error + Send + Sync>;

/// Reports over the visits of a coworking space, by HTTP
///
/// Settings are variables: without any, the service answers from a SQLite file of its own that it fills with sample
/// visits. It ends with 0, with 1 if it failed, and with 2 if it was called wrongly.
#[derive(Parser)]
#[command(name = "coworking-analytics", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  coworking-analytics
  DB_HOST=db.example.org DB_USERNAME=analytics DB_PASSWORD_FILE=/run/secrets/db coworking-analytics serve
  DB_USERNAME=owner DB_PASSWORD=… coworking-analytics migrate";

/// A command, with its arguments.
#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Healthcheck(healthcheck::Healthcheck),
    Import(import::Import),
    Migrate(migrate::Migrate),
    Openapi(openapi::Openapi),
    Seed(seed::Seed),
    Serve(serve::Serve),
}

/// Where a command tells why it failed.
enum Voice {
    /// In the log, a JSON object a line: what runs in a cluster.
    Log,
    /// On the standard error, as a sentence: what a person calls.
    Console,
}

impl Command {
    fn voice(&self) -> Voice {
        match self {
            Command::Healthcheck(_) | Command::Migrate(_) | Command::Serve(_) => Voice::Log,
            Command::Check(_) | Command::Import(_) | Command::Openapi(_) | Command::Seed(_) => Voice::Console,
        }
    }

    fn run(self) -> Result<(), Failure> {
        match self {
            Command::Check(command) => command.run(),
            Command::Healthcheck(command) => command.run(),
            Command::Import(command) => command.run(),
            Command::Migrate(command) => command.run(),
            Command::Openapi(command) => command.run(),
            Command::Seed(command) => command.run(),
            Command::Serve(command) => command.run(),
        }
    }
}

/// Does what the arguments of this run ask for.
pub fn main() -> ExitCode {
    let command = Arguments::parse().command.unwrap_or(Command::Serve(serve::Serve {}));
    let voice = command.voice();
    let result = command.run();
    store::settle();
    let Err(error) = result else { return ExitCode::SUCCESS };
    match voice {
        Voice::Log => tracing::error!(error = %Chain(&*error), "the service ends"),
        Voice::Console => console::note(format_args!("error: {}", Chain(&*error))),
    }
    ExitCode::FAILURE
}

/// The settings of this run; begins the log as they say.
fn settings() -> Result<Settings, Failure> {
    let settings = Settings::from_figment(&service_settings::figment());
    observe::install(settings.as_ref().map_or(LogLevel::Info, |settings| settings.log_level));
    Ok(settings?)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_sound_and_told() {
        Arguments::command().debug_assert();
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }
}
