//! The test cluster beside the checkout, with a node on which Pods run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::commands::cluster::kubectl::Kubectl;
use crate::console::note;
use crate::project;
use crate::run::{command, run, succeeds, text};

/// A cluster that runs until this goes, if it was started here.
pub(super) struct Cluster {
    program: PathBuf,
    pub(super) kubectl: Kubectl,
    started: bool,
}

impl Cluster {
    /// Starts it; or gives the reason why it cannot be had here.
    pub(super) fn start() -> anyhow::Result<Result<Self, String>> {
        let program = project::root().join("../shared/cluster/cluster");
        if !program.exists() {
            return Ok(Err("there is no `../shared/cluster` beside the checkout".to_owned()));
        }
        if !rustix::process::geteuid().is_root() {
            return Ok(Err("the test cluster needs root".to_owned()));
        }
        if !succeeds("go", &["version"]) {
            return Ok(Err("the test cluster is built with Go 1.26, which is not there".to_owned()));
        }
        let status = text(command(&program).arg("status"))?;
        let runs = |name: &str| status.lines().any(|line| line.starts_with(name) && line.contains("runs ("));
        if runs("kube-apiserver") && !runs("kubelet") {
            return Ok(Err(
                "a test cluster without a node runs: `../shared/cluster/cluster down` ends it".to_owned()
            ));
        }
        let started = !runs("kube-apiserver");
        let cluster = Self { kubectl: Kubectl::of(program.clone()), program, started };
        if started {
            run(&mut cluster.command(&["build"]))?;
            run(&mut cluster.command(&["up"]))?;
        } else {
            note("the test cluster runs already; it is left running");
        }
        Ok(Ok(cluster))
    }

    /// Leaves it running at the end.
    pub(super) fn keep(&mut self, keep: bool) {
        self.started &= !keep;
    }

    /// A command of the cluster's program.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut cluster = command(&self.program);
        cluster.args(arguments);
        cluster
    }

    /// Loads the images of an archive, under the names that they have there.
    pub(super) fn load(&self, archive: &Path) -> anyhow::Result<()> {
        let archive = archive.to_str().context("a path is not text")?;
        run(&mut self.command(&["load", archive]))
    }

    /// Shows what runs and what happened, for whoever must find out why a check failed.
    pub(super) fn explain(&self) {
        for question in [
            &["get", "pods", "--all-namespaces", "--output=wide"][..],
            &["get", "events", "--all-namespaces", "--sort-by=.lastTimestamp"],
        ] {
            match self.kubectl.text(question) {
                Ok(told) => {
                    let lines: Vec<&str> = told.lines().collect();
                    let last = lines.len().saturating_sub(40);
                    note(lines.get(last..).unwrap_or_default().join("\n"));
                }
                Err(error) => note(format_args!("{error:#}")),
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.started
            && let Err(error) = run(&mut self.command(&["down"]))
        {
            note(format_args!("the test cluster may still run: {error:#}"));
        }
    }
}
