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

/// Makes it, beside what is built, so that the next run finds most of it built. Files that are as they should be are
/// left alone: cargo would build anew from what was written anew.
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
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(to)
}
