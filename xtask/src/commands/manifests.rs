//! `cargo xtask manifests`: a tree of manifests like those of a company with many teams, as large as somebody wants it.

mod access;
mod configuration;
mod dress;
mod fault;
mod network;
mod random;
mod team;
mod workload;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::console::say;
use fault::Fault;
use random::Random;
use team::Team;

/// Writes a tree of manifests to measure with: many teams, seventeen kinds that belong together, and no mistakes
///
/// Each team has a folder and a namespace, and in it applications, databases, agents and jobs with all that they need.
/// The files are written as people write them: with comments, anchors and merge keys, several documents, lists, JSON,
/// text blocks, and here and there with a byte order mark or CRLF. The same seed gives the same bytes.
#[derive(Args)]
pub(crate) struct Manifests {
    /// How many files
    #[arg(long, default_value_t = 1000)]
    files: usize,
    /// Another number gives another tree
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many files have a mistake; which, and what finds it, is told
    #[arg(long, default_value_t = 0)]
    faults: usize,
    /// A folder that is empty, or not there
    folder: PathBuf,
}

impl Manifests {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let written = write(&self.folder, self.files, self.seed, self.faults)?;
        for Fault { file, rule } in &written.faults {
            say(format_args!("{}: {rule}", file.display()));
        }
        let bytes = written.bytes as f64 / written.files as f64;
        say(format_args!("{} files of {bytes:.0} bytes in {}", written.files, self.folder.display()));
        Ok(())
    }
}

/// What was written.
pub(crate) struct Written {
    pub(crate) files: usize,
    pub(crate) bytes: usize,
    pub(crate) faults: Vec<Fault>,
}

/// Writes a tree.
pub(crate) fn write(folder: &Path, files: usize, seed: u64, faults: usize) -> anyhow::Result<Written> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    ensure!(is_empty, "{} is not empty", folder.display());
    let mut written = Written { files: 0, bytes: 0, faults: Vec::new() };
    let mut random = Random::new(seed);
    for number in 0.. {
        let team = Team::new(number, &mut random);
        let of_team = folder.join(&team.name);
        fs::create_dir_all(&of_team).with_context(|| format!("cannot make {}", of_team.display()))?;
        for mut file in team.files(&mut random) {
            if written.files == files {
                return Ok(written);
            }
            let path = of_team.join(&file.name);
            // Spread over the tree, and taken up by the next file where one has nothing to get wrong.
            if written.faults.len() < faults
                && written.faults.len() * files <= written.files * faults
                && let Some(rule) = fault::make(&mut file.text, written.faults.len())
            {
                written.faults.push(Fault { file: path.clone(), rule });
            }
            fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
            written.files += 1;
            written.bytes += file.text.len();
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
