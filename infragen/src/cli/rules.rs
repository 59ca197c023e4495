//! `infragen rules`: what the linter knows, and the manual of each rule.

use anyhow::{Context as _, bail};
use clap::Args;
use serde::Serialize;

use super::exit::Exit;
use super::list::Output;
use super::session::Session;
use super::table::table;
use crate::diagnostic::{Category, Severity};
use crate::lint::{Rule, Runs, rules};
use crate::nearest::nearest;

const AFTER_HELP: &str = "\
Examples:
  infragen rules                                  all rules, one line each
  infragen rules latest-image-tag                 why that is bad, what is allowed, and examples
  infragen rules --category practice --optional   those about practice that run when asked for
  infragen rules --output json | jq -r '.[].rule'

A rule that is marked as optional runs by `infragen validate --optional NAME`.";

/// Lists the linter's rules, or prints the manual of one
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Rules {
    /// The rule whose manual to print, as diagnostics name it between brackets
    #[arg(conflicts_with_all = ["category", "severity", "optional"])]
    rule: Option<String>,
    /// Lists the rules of these categories
    #[arg(long, value_enum, value_delimiter = ',')]
    category: Vec<Category>,
    /// Lists the rules of these severities
    #[arg(long, value_enum, value_delimiter = ',')]
    severity: Vec<Severity>,
    /// Lists the rules that run when asked for, and no others
    #[arg(long)]
    optional: bool,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

/// A rule, as programs read it.
#[derive(Serialize)]
struct Entry {
    rule: &'static str,
    severity: Severity,
    category: Category,
    optional: bool,
    summary: &'static str,
    manual: String,
}

impl Rules {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let text = match (&self.rule, self.output) {
            (Some(name), Output::Text) => manual(find(name)?),
            (Some(name), Output::Json) => json(&Entry::of(find(name)?))?,
            (None, Output::Text) => listing(&self.asked()),
            (None, Output::Json) => json(&self.asked().into_iter().map(Entry::of).collect::<Vec<_>>())?,
        };
        session.console.print(&text)?;
        Ok(Exit::Clean)
    }

    fn asked(&self) -> Vec<&'static Rule> {
        let is_asked = |rule: &&Rule| {
            (self.category.is_empty() || self.category.contains(&rule.category))
                && (self.severity.is_empty() || self.severity.contains(&rule.severity))
                && (!self.optional || rule.runs == Runs::WhenAsked)
        };
        rules::ALL.iter().copied().filter(is_asked).collect()
    }
}

impl Entry {
    fn of(rule: &'static Rule) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            category: rule.category,
            optional: rule.runs == Runs::WhenAsked,
            summary: rule.summary(),
            manual: rule.manual(),
        }
    }
}

fn find(name: &str) -> anyhow::Result<&'static Rule> {
    let Some(rule) = rules::ALL.iter().find(|rule| rule.id == name) else {
        let near = nearest(name, rules::ALL.iter().map(|rule| rule.id));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        bail!("there is no rule `{name}`{hint}\n`infragen rules` lists all");
    };
    Ok(rule)
}

fn manual(rule: &Rule) -> String {
    format!("# {} ({}, {})\n\n{}", rule.id, weight(rule), rule.category, rule.manual())
}

fn listing(rules: &[&'static Rule]) -> String {
    if rules.is_empty() {
        return "no rule is like that; `infragen rules` lists all\n".to_owned();
    }
    let rows: Vec<[String; 4]> = rules
        .iter()
        .map(|rule| [rule.id.to_owned(), weight(rule), rule.category.to_string(), rule.summary().to_owned()])
        .collect();
    table(&rows).join("\n") + "\n"
}

/// The severity, and whether the rule runs by default.
fn weight(rule: &Rule) -> String {
    match rule.runs {
        Runs::ByDefault => rule.severity.to_string(),
        Runs::WhenAsked => format!("{}, optional", rule.severity),
    }
}

fn json<T: Serialize>(value: &T) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value).context("cannot print the rules")? + "\n")
}
