//! `cargo xtask cluster`: a real API server takes what was rendered.

mod definitions;
mod kubectl;
mod proof;
mod refused;
mod server;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::console::{say, skipped, time};
use crate::project;
use crate::table::Table;

/// Applies every environment to a real API server, twice, and looks at what it says
///
/// It takes the test cluster beside the checkout (`../shared/cluster`), starts its API server, and stops it at the
/// end. Where that cannot be had it says so, and ends well.
#[derive(Args)]
pub(crate) struct Cluster {
    /// Environments to apply; all that are rendered when none is named
    environments: Vec<String>,
    /// Also asks the server about every YAML file of these folders, without keeping anything
    #[arg(long, value_name = "FOLDER")]
    dry_run: Vec<PathBuf>,
}

impl Cluster {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let server = match server::Server::start()? {
            Ok(server) => server,
            Err(why) => {
                skipped("the proof on a real API server", why);
                return Ok(());
            }
        };
        let kubectl = server.kubectl();
        say(format_args!("API server {}", kubectl.server_version()?));
        let _definitions = definitions::Definitions::install(kubectl)?;
        let environments = if self.environments.is_empty() { rendered()? } else { self.environments.clone() };
        let mut table = Table::new([
            "environment",
            "objects",
            "first apply",
            "second apply",
            "restricted Pods made",
            "privileged Pod",
            "Pod over quota",
            "deleted",
        ]);
        for name in &environments {
            let proof = proof::prove(kubectl, name).with_context(|| format!("environment {name}"))?;
            table.row([
                name.clone(),
                proof.objects.to_string(),
                format!("all created, {}", time(proof.first)),
                match proof.sent_again {
                    0 => format!("all unchanged, {}", time(proof.second)),
                    sent => format!("all unchanged ({sent} sent without effect), {}", time(proof.second)),
                },
                proof.pods.to_string(),
                proof.privileged,
                proof.over_quota,
                time(proof.deleted),
            ]);
        }
        for folder in &self.dry_run {
            let count = proof::dry_run(kubectl, &project::root().join(folder))?;
            say(format_args!("server-side dry run of {}: {count} objects accepted", folder.display()));
        }
        say(table.text().trim_end());
        Ok(())
    }
}

/// The environments that are rendered.
fn rendered() -> anyhow::Result<Vec<String>> {
    let folder = project::generated();
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().join("kubernetes").is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    if names.is_empty() {
        bail!("nothing is rendered: run `cargo infragen render --all`");
    }
    names.sort();
    Ok(names)
}
