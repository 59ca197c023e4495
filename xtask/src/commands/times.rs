//! `cargo xtask times`: how long the main job takes in a fresh clone, and after an edit.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use crate::console::{say, time};
use crate::project;
use crate::run::{cargo, command, run};
use crate::table::Table;

/// The value that is edited, and what stands there after each edit.
const EDITED: (&str, &str) = ("environments/src/prod.rs", "percent!(70)");
const EDITS: [&str; 3] = ["percent!(65)", "percent!(75)", "percent!(80)"];

/// Measures `cargo infragen render prod` in a fresh clone with an empty target folder, and after an edit
///
/// It clones what is committed. Sources of dependencies are downloaded first, and that is timed by itself.
#[derive(Args)]
pub(crate) struct Times {}

impl Times {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let clone = folder.path().join("clone");
        let target = folder.path().join("target");
        run(command("git").args(["clone", "--quiet"]).arg(project::root()).arg(&clone))?;
        let in_clone = |arguments: &[&str]| {
            let mut cargo = cargo();
            cargo.current_dir(&clone).env("CARGO_TARGET_DIR", &target).args(arguments);
            cargo
        };
        let render = || timed(&mut in_clone(&["infragen", "render", "prod"]));

        let mut table = Table::new(["what", "time", "goal"]);
        let mut row = |what: &str, took: Duration, goal: &str| {
            table.row([what.to_owned(), time(took), goal.to_owned()]);
        };
        let fetched = timed(&mut in_clone(&["fetch", "--locked"]))?;
        row("cargo fetch --locked (what was not downloaded before)", fetched, "");
        row("cargo infragen render prod, nothing built", render()?, "3 min");
        ensure_unbuilt(&target)?;
        row("the same again, nothing changed", render()?, "");
        let mut before = EDITED.1;
        for after in EDITS {
            edit(&clone.join(EDITED.0), before, after)?;
            row(&format!("after `{before}` became `{after}` in {}", EDITED.0), render()?, "3 s");
            before = after;
        }
        let unchanged =
            command("git").current_dir(&clone).args(["diff", "--quiet", "--", "generated"]).status()?;
        ensure!(!unchanged.success(), "the edits changed nothing that is generated");
        say(table.text().trim_end());
        Ok(())
    }
}

fn timed(command: &mut Command) -> anyhow::Result<Duration> {
    let start = Instant::now();
    run(command)?;
    Ok(start.elapsed())
}

fn edit(file: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    ensure!(text.contains(before), "there is no `{before}` in {}", file.display());
    fs::write(file, text.replacen(before, after, 1))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// The main job builds neither the service nor what it is made of.
fn ensure_unbuilt(target: &Path) -> anyhow::Result<()> {
    let mut crates = 0;
    for entry in fs::read_dir(target.join("debug/deps"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        for never in ["librocket-", "libdiesel-", "libopenssl_sys-", "liblibsqlite3_sys-", "libservice-"] {
            if name.starts_with(never) {
                bail!("`cargo infragen render prod` built {name}");
            }
        }
        crates += usize::from(name.ends_with(".rlib") || name.ends_with(".so"));
    }
    say(format_args!("built {crates} libraries, and neither Rocket nor Diesel"));
    Ok(())
}
