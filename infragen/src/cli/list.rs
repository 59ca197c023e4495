//! `infragen list`: which environments there are.

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::exit::Exit;
use super::project::Project;
use super::session::Session;
use super::settings::SettingsArguments;
use super::table::table;
use crate::kubernetes::{self, RenderedWorkload};
use crate::render::render;
use crate::settings::Settings;
use crate::spec::{Environment, Provider};

const AFTER_HELP: &str = "\
Examples:
  infragen list
  infragen list --output json | jq -r '.[].name'";

/// Lists the environments: where each runs, and what is in it
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct List {
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

/// Whom output is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// One environment, as programs read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    name: String,
    cluster: Option<String>,
    region: Option<String>,
    kubernetes: Option<String>,
    namespace: String,
    objects: usize,
    workloads: Vec<String>,
}

impl List {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let settings = SettingsArguments::default().read(&Project::find()?)?;
        let entries: Vec<Entry> =
            session.all()?.iter().map(|environment| Entry::of(environment, &settings)).collect();
        let text = match self.output {
            Output::Json => serde_json::to_string_pretty(&entries).context("cannot print the list")? + "\n",
            Output::Text => text(&entries),
        };
        session.console.print(&text)?;
        Ok(Exit::Clean)
    }
}

impl Entry {
    fn of(environment: &Environment, settings: &Settings) -> Self {
        let cluster = &environment.cluster;
        let workloads = kubernetes::workloads(environment, settings);
        Self {
            name: environment.name().to_string(),
            cluster: cluster.name.as_ref().map(|name| name.value.to_string()),
            region: match &cluster.provider {
                Provider::Eks { region } => Some(region.to_string()),
                Provider::Any => None,
            },
            kubernetes: cluster.kubernetes.as_ref().map(|version| version.value.to_string()),
            namespace: environment.namespace.value.to_string(),
            objects: render(environment, settings).objects().count(),
            workloads: workloads
                .iter()
                .map(|RenderedWorkload { kind, name, .. }| format!("{kind}/{name}"))
                .collect(),
        }
    }

    fn place(&self) -> String {
        let name = self.cluster.as_deref().unwrap_or("?");
        match (&self.region, &self.kubernetes) {
            (Some(region), Some(kubernetes)) => format!("{name} (EKS {kubernetes}, {region})"),
            (Some(region), None) => format!("{name} (EKS, {region})"),
            (None, Some(kubernetes)) => format!("{name} ({kubernetes})"),
            (None, None) => name.to_owned(),
        }
    }
}

fn text(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "there are no environments: list yours in `main`\n".to_owned();
    }
    let mut rows = vec![["NAME", "CLUSTER", "NAMESPACE", "OBJECTS", "WORKLOADS"].map(str::to_owned)];
    for entry in entries {
        let mut workloads = entry.workloads.iter().map(String::as_str);
        let first = workloads.next().unwrap_or("none").to_owned();
        rows.push([
            entry.name.clone(),
            entry.place(),
            entry.namespace.clone(),
            entry.objects.to_string(),
            first,
        ]);
        let blank = String::new;
        rows.extend(workloads.map(|more| [blank(), blank(), blank(), blank(), more.to_owned()]));
    }
    table(&rows).join("\n") + "\n"
}
