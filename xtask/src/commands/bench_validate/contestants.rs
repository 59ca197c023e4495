//! Who checks the manifests.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::schemas;
use crate::commands::bench::contestants::Contestant;
use crate::console::{note, skipped};
use crate::project;
use crate::run::{command, output, run, shown, succeeds};

/// Pinned, as everything that is built here.
const KUBECONFORM: &str = "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0";

/// A program that checks a folder.
pub(super) struct Checker {
    pub(super) name: &'static str,
    command: Vec<String>,
    /// The exit codes that it has when it did its work.
    done: &'static [i32],
}

/// Everyone that is there, infragen first.
pub(super) fn all(infragen: &Path) -> anyhow::Result<Vec<Checker>> {
    let mut all = vec![Checker {
        name: "infragen, all rules",
        command: vec![path(infragen)?, "validate".to_owned()],
        done: &[0],
    }];
    if succeeds("go", &["version"]) {
        all.push(kubeconform()?);
    } else {
        skipped("kubeconform", "there is no Go to build it");
    }
    if succeeds("kube-linter", &["version"]) {
        let command = ["kube-linter", "lint"].map(str::to_owned).to_vec();
        all.push(Checker { name: "kube-linter", command, done: &[0, 1] });
    } else {
        skipped("kube-linter", "it is not installed");
    }
    Ok(all)
}

fn kubeconform() -> anyhow::Result<Checker> {
    let tools = project::target().join("tools");
    run(command("go").args(["install", KUBECONFORM]).env("GOBIN", &tools).env("CGO_ENABLED", "0"))?;
    let schemas = schemas::folder()?;
    let location = format!("{}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json", path(&schemas)?);
    let program = path(&tools.join("kubeconform"))?;
    let arguments = ["-strict", "-n", "2", "-schema-location", &location].map(str::to_owned);
    let command = [program].into_iter().chain(arguments).collect();
    Ok(Checker { name: "kubeconform, schemas", command, done: &[0] })
}

impl Checker {
    /// The command for one tree, which was seen to do its work there.
    pub(super) fn on(&self, tree: &Path) -> anyhow::Result<Contestant> {
        let mut command = self.command.clone();
        command.push(path(tree)?);
        let mut first = crate::run::command(&command[0]);
        let found = output(first.args(&command[1..]))?;
        if !found.status.code().is_some_and(|code| self.done.contains(&code)) {
            let told = [found.stdout, found.stderr].concat();
            let told = String::from_utf8_lossy(&told);
            note(told.lines().take(20).collect::<Vec<_>>().join("\n"));
            bail!("`{}` failed: {}", shown(&first), found.status);
        }
        Ok(Contestant { name: self.name.to_owned(), command, prepare: None })
    }
}

fn path(path: &Path) -> anyhow::Result<String> {
    path.to_str().map(str::to_owned).with_context(|| format!("{} is no UTF-8", path.display()))
}
