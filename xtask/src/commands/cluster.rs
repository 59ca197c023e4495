//! `cargo xtask cluster`: a real API server takes what was rendered.

pub(super) mod definitions;
pub(super) mod kubectl;
mod proof;
pub(super) mod refused;
pub(super) mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::console::{say, skipped, time};
use crate::project;
use crate::run::{cargo, run};
use crate::table::Table;

/// Applies every environment to a real API server, twice, and looks at what it says
///
/// It takes the test cluster beside the checkout (`../shared/cluster`), starts its API server, and stops it at the
/// end. Where that cannot be had it says so, and ends well.
#[derive(Args)]
pub(crate) struct Cluster {
    /// Environments to apply; all that are rendered, and those of infragen's own tests, when none is named
    environments: Vec<String>,
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
        let folder = tempfile::tempdir()?;
        let mut rendered = rendered(&project::generated())?;
        ensure!(!rendered.is_empty(), "nothing is rendered: run `cargo infragen render --all`");
        if !self.environments.is_empty() {
            rendered.retain(|(name, _)| self.environments.contains(name));
            ensure!(rendered.len() == self.environments.len(), "one of these is not rendered");
        } else {
            run(cargo()
                .args(["run", "--quiet", "--package", "infragen", "--example", "systems", "--"])
                .arg(folder.path()))?;
            rendered.extend(self::rendered(folder.path())?);
        }
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
        let mut kinds = BTreeSet::new();
        for (name, folder) in &rendered {
            let mut proof = proof::prove(kubectl, folder).with_context(|| format!("environment {name}"))?;
            kinds.append(&mut proof.kinds);
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
        say(table.text().trim_end());
        say(format_args!("{} kinds: {}", kinds.len(), kinds.into_iter().collect::<Vec<_>>().join(", ")));
        Ok(())
    }
}

/// The environments that are rendered below a folder, each with its objects' folder.
fn rendered(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let objects = entry.path().join("kubernetes");
        if objects.is_dir() {
            found.push((entry.file_name().to_string_lossy().into_owned(), objects));
        }
    }
    found.sort();
    Ok(found)
}
