//! The cluster: the test cluster beside the checkout, or the one that KUBECONFIG names.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::stage::until;
use crate::commands::cluster::kubectl::Kubectl;
use crate::console::note;
use crate::project;
use crate::run::{command, run, succeeds, text};

/// A cluster with a node on which Pods run, until this goes if it was started here.
pub(super) struct Cluster {
    pub(super) kubectl: Kubectl,
    /// The test cluster's program, where it is that.
    program: Option<PathBuf>,
    /// What another cluster is given images by.
    load: Vec<String>,
    started: bool,
    keep: bool,
}

impl Cluster {
    /// The test cluster, which is started where it does not run; or the reason why it cannot be had here.
    pub(super) fn test() -> anyhow::Result<Result<Self, String>> {
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
        if started {
            run(command(&program).arg("build"))?;
            run(command(&program).arg("up"))?;
        } else {
            note("the test cluster runs already; it is left running");
        }
        let kubectl = Kubectl::of(program.clone());
        Ok(Ok(Self { kubectl, program: Some(program), load: Vec::new(), started, keep: false }))
    }

    /// The one that KUBECONFIG names, which gets images by a command; or the reason why there is none.
    pub(super) fn named(load: Option<&str>) -> anyhow::Result<Result<Self, String>> {
        if env::var_os("KUBECONFIG").is_none() {
            return Ok(Err("KUBECONFIG names no cluster".to_owned()));
        }
        if !succeeds("kubectl", &["version", "--client"]) {
            return Ok(Err("KUBECONFIG names a cluster, and there is no kubectl".to_owned()));
        }
        let kubectl = Kubectl::named();
        let context = kubectl.text(&["config", "current-context"])?;
        let load = match load.map(str::to_owned).or_else(|| loader(context.trim())) {
            Some(load) => load.split_whitespace().map(str::to_owned).collect(),
            None => bail!(
                "how does the cluster of `{}` get images? Say it by `--load`, such as `--load 'kind load image-archive'`: \
                 the path of an archive is put behind it",
                context.trim()
            ),
        };
        Ok(Ok(Self { kubectl, program: None, load, started: false, keep: false }))
    }

    /// Leaves it running at the end, and what was brought to it.
    pub(super) fn keep(&mut self, keep: bool) {
        self.keep = keep;
    }

    /// Whether what was brought to it is left there.
    pub(super) fn keeps(&self) -> bool {
        self.keep
    }

    /// Whether it is the test cluster: its node is this machine, and nobody else's work runs there.
    pub(super) fn is_test(&self) -> bool {
        self.program.is_some()
    }

    /// The test cluster's program.
    fn program(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut program = command(self.program.as_ref().context("this is not the test cluster")?);
        program.args(arguments);
        Ok(program)
    }

    /// Loads the images of an archive, under the names that they have there.
    pub(super) fn load(&self, archive: &Path) -> anyhow::Result<()> {
        let archive = archive.to_str().context("a path is not text")?;
        match self.load.split_first() {
            Some((program, more)) => run(command(program).args(more).arg(archive)),
            None => run(&mut self.program(&["load", archive])?),
        }
    }

    /// Gives an image of the test cluster another name.
    pub(super) fn tag(&self, image: &str, name: &str) -> anyhow::Result<()> {
        run(&mut self.program(&["tag", image, name])?)
    }

    /// Has an image of PostgreSQL there, under the name that manifests use; other clusters pull it.
    pub(super) fn postgres(&self, name: &str) -> anyhow::Result<()> {
        if self.is_test() { run(&mut self.program(&["postgres", name])?) } else { Ok(()) }
    }

    /// What a program prints that runs in a Pod's network, for Pods that hold no program to try with: this machine's on
    /// the test cluster, and elsewhere one of an image that is put beside the Pod's.
    pub(super) fn enter(
        &self,
        namespace: &str,
        pod: &str,
        image: &str,
        words: &[&str],
    ) -> anyhow::Result<String> {
        if self.is_test() {
            let pod = format!("{namespace}/{pod}");
            return text(&mut self.program(&[&["enter", &pod], words].concat())?);
        }
        let (of, image) = (["--namespace", namespace, pod], format!("--image={image}"));
        let beside = [&image, "--profile=restricted", "--container=tools", "--quiet", "--", "sleep", "300"];
        self.kubectl.text(&[&["debug"], &of[..], &beside].concat())?;
        let exec = [&["exec"], &of[..], &["--container=tools", "--"]].concat();
        until("a program runs beside the service", 60, || {
            Ok(self.kubectl.ask(&[&exec[..], &["true"]].concat(), "")?.status.success())
        })?;
        self.kubectl.text(&[&exec[..], words].concat())
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
            && !self.keep
            && let Err(error) = self.program(&["down"]).and_then(|mut down| run(&mut down))
        {
            note(format_args!("the test cluster may still run: {error:#}"));
        }
    }
}

/// What the clusters of kind and k3d are given images by, as their contexts tell them.
fn loader(context: &str) -> Option<String> {
    let kind = context.strip_prefix("kind-").map(|name| format!("kind load image-archive --name {name}"));
    kind.or_else(|| context.strip_prefix("k3d-").map(|name| format!("k3d image import --cluster {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_that_are_known_say_how_they_get_images() {
        assert_eq!(loader("kind-a").as_deref(), Some("kind load image-archive --name a"));
        assert_eq!(loader("k3d-b").as_deref(), Some("k3d image import --cluster b"));
        assert_eq!(loader("arn:aws:eks:us-east-1:111122223333:cluster/c"), None);
    }
}
