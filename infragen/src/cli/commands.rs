//! Every command: its file has its arguments, its help and what it does.

use clap::Subcommand;

use super::exit::Exit;
use super::session::Session;

macro_rules! commands {
    ($($module:ident::$name:ident,)+) => {
        $(use super::$module::$name;)+

        /// What to do.
        #[derive(Debug, Subcommand)]
        #[command(disable_help_subcommand = true)]
        pub(super) enum Command {
            $(#[allow(missing_docs, reason = "its help is the doc comment of its arguments")] $name($name),)+
        }

        impl Command {
            /// Does it.
            pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
                match self {
                    $(Self::$name(command) => command.run(session),)+
                }
            }
        }
    };
}

commands! {
    list::List,
    render::Render,
    validate::Validate,
    explain::Explain,
    rules::Rules,
    secret::Secret,
    schema::Schema,
    completions::Completions,
}
