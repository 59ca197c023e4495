//! From arguments to exit code.

use std::process::ExitCode;

use anstyle::AnsiColor;
use clap::Parser;
use clap::builder::Styles;

use super::commands::Command;
use super::console::Console;
use super::exit::Exit;
use super::session::Session;
use crate::spec::Environment;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Examples:
  infragen list                       which environments there are
  infragen render prod                write generated/prod, unless the linter finds errors
  infragen render --all --check       in CI: is what is committed what a fresh render gives?
  infragen explain prod image         why this image?

Settings, of which the later decides:
  infragen.toml in the project's folder, INFRAGEN_* variables, --set key=value.
  `infragen schema` has every key; `infragen render --help` has examples.

Exit codes:
  0  all is well
  1  the linter found errors, or --check found differences
  2  bad arguments, bad settings, or something could not be read or written";

/// Renders typed environments as linted Kubernetes manifests and CodeBuild buildspecs.
#[derive(Debug, Parser)]
#[command(name = "infragen", version, after_help = AFTER_HELP, styles = STYLES, arg_required_else_help = true)]
pub(super) struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// Runs infragen for these environments with the process's arguments: all that a team's `main` does.
///
/// ```no_run
/// # use infragen::prelude::*;
/// fn prod() -> Environment {
///     Environment::new(name!("prod"), Cluster::any(name!("kind")))
/// }
///
/// fn main() -> std::process::ExitCode {
///     infragen::main(&[prod])
/// }
/// ```
#[must_use]
pub fn main(environments: &[fn() -> Environment]) -> ExitCode {
    let arguments = CommandLine::parse();
    let mut session = Session::new(environments, Console::default());
    match arguments.command.run(&mut session) {
        Ok(exit) => exit.into(),
        Err(error) => {
            session.console.fail(&error);
            Exit::Failed.into()
        }
    }
}
