//! `infragen rules`: what the linter knows, and the manual of each rule.

use anyhow::bail;
use clap::Args;

use super::exit::Exit;
use super::session::Session;
use super::table::table;
use crate::lint::{Rule, rules};
use crate::nearest::nearest;

const AFTER_HELP: &str = "\
Examples:
  infragen rules                      all rules, one line each
  infragen rules latest-image-tag     why that is bad, what is allowed, and examples";

/// Lists the linter's rules, or prints the manual of one
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Rules {
    /// The rule whose manual to print, as diagnostics name it between brackets
    rule: Option<String>,
}

impl Rules {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        match &self.rule {
            Some(name) => session.console.print(&manual(name)?)?,
            None => session.console.print(&listing())?,
        }
        Ok(Exit::Clean)
    }
}

fn manual(name: &str) -> anyhow::Result<String> {
    let Some(rule) = rules::ALL.iter().find(|rule| rule.id == name) else {
        let near = nearest(name, rules::ALL.iter().map(|rule| rule.id));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        bail!("there is no rule `{name}`{hint}\n`infragen rules` lists all");
    };
    Ok(format!("# {} ({}, {})\n\n{}", rule.id, rule.severity, rule.category, rule.manual()))
}

fn listing() -> String {
    let rows: Vec<[String; 4]> = rules::ALL
        .iter()
        .map(|rule| [rule.id.to_owned(), rule.severity.to_string(), rule.category.to_string(), summary(rule)])
        .collect();
    table(&rows).join("\n") + "\n"
}

/// The manual's first line.
fn summary(rule: &Rule) -> String {
    rule.manual().lines().next().unwrap_or_default().to_owned()
}
