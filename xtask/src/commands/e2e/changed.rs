//! A checkout in which somebody has changed one value of an environment, as CONTRIBUTING.md tells.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};

use crate::project;
use crate::run::{command, text};

/// The file, what stands there, and what it is changed to.
const FILE: &str = "environments/src/dev.rs";
const BEFORE: &str = r#".variable(variable!("LOG_LEVEL"), "debug")"#;
const AFTER: &str = r#".variable(variable!("LOG_LEVEL"), "info")"#;

/// What cargo is told there. Both checkouts share what is built, and cargo tells their crates apart by their places in
/// their workspaces alone: without another profile, each would run the environments of whoever built last.
pub(super) const APART: [&str; 2] = ["--config", "profile.dev.package.environments.debug=0"];

/// Makes it. All but the changed file keeps its age: cargo need not build it again.
pub(super) fn checkout() -> anyhow::Result<PathBuf> {
    let (from, to) = (project::root(), project::target().join("e2e/checkout"));
    let files = text(command("git").args(["ls-files", "-z", "--cached"]))?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let Ok(mut content) = fs::read(from.join(file)) else {
            // Deleted, and not committed yet.
            continue;
        };
        if file == FILE {
            let source = String::from_utf8(content).with_context(|| format!("{FILE} is not text"))?;
            ensure!(source.contains(BEFORE), "{FILE} no longer has the line `{BEFORE}`, which this changes");
            content = source.replace(BEFORE, AFTER).into_bytes();
        }
        let path = to.join(file);
        if fs::read(&path).is_ok_and(|there| there == content) {
            continue;
        }
        let age = fs::metadata(from.join(file))?.modified()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let written = fs::write(&path, content).and_then(|()| {
            if file == FILE {
                Ok(())
            } else {
                fs::File::options().append(true).open(&path)?.set_modified(age)
            }
        });
        written.with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(to)
}
