//! `infragen schema`: the JSON Schema of `infragen.toml`.

use anyhow::Context as _;
use clap::Args;

use super::exit::Exit;
use super::session::Session;
use crate::settings::Settings;

const AFTER_HELP: &str = "\
Examples:
  infragen schema                     every key, with what it takes
  infragen schema > infragen.schema.json
      then put `#:schema ./infragen.schema.json` on top of infragen.toml: editors complete and check it";

/// Prints the JSON Schema of infragen.toml
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Schema {}

impl Schema {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let schema = schemars::schema_for!(Settings);
        let text = serde_json::to_string_pretty(&schema).context("cannot print the schema")?;
        session.console.print(&format!("{text}\n"))?;
        Ok(Exit::Clean)
    }
}
