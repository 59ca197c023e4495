//! `cargo xtask bench`: rendering production, as a whole process, beside other generators of the same objects.

pub(super) mod contestants;
pub(super) mod measure;

use anyhow::bail;
use clap::Args;

use crate::console::{note, say, skipped};
use crate::debian::{self, HYPERFINE, JSONNET, TIME};
use crate::project;
use crate::run::{cargo, run};
use crate::table::Table;

/// Measures the release binary: time and peak memory, beside `kubectl kustomize` and jsonnet
///
/// All of them make the objects of `generated/prod/kubernetes`; infragen also checks them, and makes the
/// buildspecs and the run book. Times are of whole processes, in one run of hyperfine each, one after the other.
#[derive(Args)]
pub(crate) struct Bench {
    /// Runs of each
    #[arg(long, default_value_t = 200)]
    runs: u32,
}

impl Bench {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let missing = debian::provide(&[&HYPERFINE, &TIME, &JSONNET])?;
        for (program, why) in &missing {
            if program.name == JSONNET.name {
                skipped("jsonnet", why);
            } else {
                bail!("the benchmark needs {}: {why}", program.name);
            }
        }
        run(cargo().args(["build", "--release", "--package", "environments", "--bin", "infragen"]))?;
        let folder = tempfile::tempdir()?;
        let contestants = contestants::all(&project::target().join("release/infragen"), folder.path())?;

        let mut measured = Vec::new();
        for contestant in &contestants {
            note(format_args!("measuring {}", contestant.name));
            measured.push(measure::measure(contestant, self.runs, 10, folder.path())?);
        }
        let Some(ours) = measured.first() else { bail!("nothing to measure") };
        let mut table =
            Table::new(["what", "median", "fastest", "processor time", "median to ours", "peak memory"]);
        for (contestant, figures) in contestants.iter().zip(&measured) {
            table.row([
                contestant.name.clone(),
                format!("{:.2} ms", figures.median),
                format!("{:.2} ms", figures.fastest),
                format!("{:.2} ms", figures.processor),
                format!("{:.2}", figures.median / ours.median),
                format!("{:.1} MB", figures.peak),
            ]);
        }
        say(table.text().trim_end());
        Ok(())
    }
}
