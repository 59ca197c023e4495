//! `--watch`: looks again whenever a file has changed, until it is interrupted.
//!
//! It asks for names, times and sizes a few times a second, which works on every file system, those of containers and
//! networks too; ten thousand files cost some milliseconds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::bail;

use super::Validate;
use crate::cli::exit::Exit;
use crate::cli::project::{Project, SETTINGS_FILE};
use crate::cli::session::Session;
use crate::cli::words::counted;
use crate::read;

/// How often it asks.
const PAUSE: Duration = Duration::from_millis(250);

/// Every file with the time of its last change and its size; without, where it is gone.
type Seen = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

impl Validate {
    /// Looks, and looks again, for as long as it runs.
    pub(super) fn watch(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let environments = session.all()?;
        let is_file = |source: &PathBuf| {
            let is_environment = environments.iter().any(|one| Path::new(one.name().as_str()) == source);
            source != Path::new("-") && !is_environment
        };
        if self.sources.is_empty() || !self.sources.iter().all(is_file) {
            bail!(
                "`--watch` looks at files and folders: an environment changes when it is compiled, and standard input \
                 never\nname files, such as `infragen validate generated/ --watch`"
            );
        }
        let settings = Project::find()?.root.join(SETTINGS_FILE);
        loop {
            let seen = self.seen(&settings);
            session.console.clear();
            if let Err(error) = self.once(session) {
                session.console.fail(&error);
            }
            session.console.tell(&format!("watching {}; Ctrl-C ends it\n", counted(seen.len() - 1, "file")));
            while self.seen(&settings) == seen {
                thread::sleep(PAUSE);
            }
            // Whoever writes one file often writes others too: they are waited for.
            let mut last = self.seen(&settings);
            loop {
                thread::sleep(PAUSE / 5);
                let now = self.seen(&settings);
                if now == last {
                    break;
                }
                last = now;
            }
        }
    }

    /// What is there now: what was asked for, and what it is judged by.
    fn seen(&self, settings: &Path) -> Seen {
        let paths = self.sources.iter().chain(&self.crds).chain(&self.applied).cloned();
        let paths: Vec<PathBuf> = paths.collect();
        let state = |file: &PathBuf| {
            let metadata = file.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        let files = read::files(&paths).files.into_iter().chain([settings.to_owned()]);
        files.map(|file| (file.clone(), state(&file))).collect()
    }
}
