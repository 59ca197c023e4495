//! Chores of the project: `cargo xtask` lists them.

mod commands;
mod console;
mod debian;
mod figures;
mod postgres;
mod project;
mod run;
mod service;
mod table;

use std::process::ExitCode;

use clap::Parser;

/// Chores of the project
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: commands::Chore,
}

fn main() -> ExitCode {
    match Arguments::parse().chore.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::note(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
