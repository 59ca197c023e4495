//! `infragen explain`: why a value is what it is.

mod text;

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use text::text;

use super::console::Console;
use super::exit::Exit;
use super::list::Output;
use super::project::Project;
use super::session::Session;
use super::settings::SettingsArguments;
use crate::explain::{Explanation, Query, explain};
use crate::lint::{Options, lint};
use crate::node::Node;
use crate::origin::Origin;
use crate::render::render;
use crate::report::human;

const AFTER_HELP: &str = "\
Examples:
  infragen explain prod                                every field of every document
  infragen explain prod coworking                      the objects of one workload
  infragen explain prod Deployment/coworking           one object
  infragen explain prod coworking limits.memory        one field, by the end of its path
  infragen explain prod image                          one field, wherever it is
  infragen explain prod image --set version=2.0.0      with other settings

The last column says why:
  environments/src/prod.rs:12    somebody wrote it on this line; for some values, how they follow from it
  default: …                     nobody wrote it, and why infragen chose it
  setting `version` from …       infragen.toml, a variable or --set said so";

/// Says why values are what they are, field by field
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Explain {
    /// The environment
    #[arg(index = 1)]
    environment: String,
    /// A workload, an object such as Deployment/coworking, a kind or a file; or a field
    #[arg(index = 2)]
    object: Option<String>,
    /// A field: its path, the end of its path, or its name
    #[arg(index = 3)]
    field: Option<String>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    output: Output,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// One field, as programs read it.
#[derive(Serialize)]
struct Entry<'a> {
    object: &'a str,
    file: String,
    path: String,
    value: Node,
    origin: Option<OriginEntry<'a>>,
}

/// An origin, as programs read it.
#[derive(Serialize)]
#[serde(rename_all = "lowercase", tag = "from")]
enum OriginEntry<'a> {
    Line { file: &'a str, line: u32 },
    Default { reason: &'a str },
    Derived { file: &'a str, line: u32, how: &'a str },
    Setting { key: &'a str, provider: &'a str },
}

impl Explain {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let settings = self.settings.read(&Project::find()?)?;
        let environment = session.one(&self.environment)?;
        let bundle = render(&environment, &settings);
        if bundle.documents.is_empty() {
            let report = lint(&bundle, &Options::default());
            session.console.tell(&human(&report, Console::colors_diagnostics()));
            return Ok(Exit::Diagnostics);
        }
        let query = Query { target: self.object.clone(), field: self.field.clone() };
        let explanations = explain(&bundle, &query)?;
        let text = match self.output {
            Output::Json => json(&explanations)?,
            Output::Text => text(&explanations, Console::colors_results()),
        };
        session.console.print(&text)?;
        Ok(Exit::Clean)
    }
}

fn json(explanations: &[Explanation<'_>]) -> anyhow::Result<String> {
    let entries = explanations.iter().flat_map(|explanation| {
        explanation.fields.iter().map(|field| Entry {
            object: &explanation.title,
            file: explanation.document.file.display().to_string(),
            path: field.path.to_string(),
            value: Node::new(field.value.clone()),
            origin: field.origin.as_ref().map(OriginEntry::from),
        })
    });
    let entries: Vec<Entry<'_>> = entries.collect();
    Ok(serde_json::to_string_pretty(&entries).context("cannot print the explanation")? + "\n")
}

impl<'a> From<&'a Origin> for OriginEntry<'a> {
    fn from(origin: &'a Origin) -> Self {
        match origin {
            Origin::Line(at) => Self::Line { file: at.file(), line: at.line() },
            Origin::Default(reason) => Self::Default { reason },
            Origin::Derived { from, how } => Self::Derived { file: from.file(), line: from.line(), how },
            Origin::Setting { key, provider } => Self::Setting { key, provider },
        }
    }
}
