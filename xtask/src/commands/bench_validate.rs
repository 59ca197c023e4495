//! `cargo xtask bench-validate`: proving a tree of manifests, as a whole process, beside other checkers of the same tree.

mod contestants;
mod schemas;

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::bench::measure;
use super::manifests;
use crate::console::{note, say};
use crate::debian::{self, HYPERFINE, TIME};
use crate::project;
use crate::run::{cargo, run};
use crate::table::Table;

/// Measures the release binary on trees of manifests: time and peak memory, beside kubeconform and kube-linter
///
/// The trees are those of `cargo xtask manifests`. infragen runs every rule; kubeconform checks the schemas, which it
/// reads from a folder, with two workers; kube-linter runs its own rules, where it is installed. Times are of whole
/// processes, one after the other.
#[derive(Args)]
pub(crate) struct BenchValidate {
    /// How many files the trees have
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1000, 10_000])]
    files: Vec<usize>,
    /// Runs of each on the smallest tree; the larger ones take fewer
    #[arg(long, default_value_t = 40)]
    runs: u32,
    /// A program that was built already, in place of the release binary
    #[arg(long)]
    infragen: Option<PathBuf>,
}

impl BenchValidate {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some((program, why)) = debian::provide(&[&HYPERFINE, &TIME])?.first() {
            bail!("the benchmark needs {}: {why}", program.name);
        }
        let infragen = match self.infragen {
            Some(infragen) => std::path::absolute(infragen)?,
            None => {
                run(cargo().args(["build", "--release", "--package", "environments", "--bin", "infragen"]))?;
                project::target().join("release/infragen")
            }
        };
        let folder = tempfile::tempdir()?;
        let checkers = contestants::all(&infragen)?;
        let mut table = Table::new([
            "files",
            "what",
            "median",
            "fastest",
            "processor time",
            "files a second",
            "median to ours",
            "peak memory",
        ]);
        for files in self.files {
            let tree = folder.path().join(files.to_string());
            let written = manifests::write(&tree, files, 1, 0)?;
            say(format_args!("{files} files of {} bytes", written.bytes / files.max(1)));
            let runs = (u64::from(self.runs) * 10 / (10 + files as u64 / 100)).max(5);
            let mut ours = None;
            for checker in &checkers {
                note(format_args!("measuring {} on {files} files", checker.name));
                let contestant = checker.on(&tree)?;
                let figures = measure::measure(&contestant, u32::try_from(runs)?, 2, folder.path())?;
                let our_median = *ours.get_or_insert(figures.median);
                table.row([
                    files.to_string(),
                    checker.name.to_owned(),
                    format!("{:.1} ms", figures.median),
                    format!("{:.1} ms", figures.fastest),
                    format!("{:.1} ms", figures.processor),
                    format!("{:.0}", files as f64 / figures.median * 1000.0),
                    format!("{:.2}", figures.median / our_median),
                    format!("{:.1} MB", figures.peak),
                ]);
            }
        }
        say(format_args!("on {}", project::processor()));
        say(table.text().trim_end());
        Ok(())
    }
}
