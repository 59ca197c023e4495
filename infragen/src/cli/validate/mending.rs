//! `--fix`: mends what has one safe mend, looks again, and writes what is better than before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::sources::Texts;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use crate::cli::words::counted;
use crate::diagnostic::{Fix, Severity};
use crate::emit::rewrite;
use crate::lint::masked;
use crate::mend;
use crate::read;
use crate::report::diff;
use crate::validate::Validated;

/// How often mends may lead to other mends.
const MOST_ROUNDS: usize = 8;

/// Files that can be mended, and what is left to find in them.
pub(super) struct Mended {
    found: Validated,
    before: Texts,
    after: Texts,
    count: usize,
}

/// Mends texts, and keeps those that have fewer findings and no more errors.
pub(super) fn mend(
    mut found: Validated,
    look_at: &dyn Fn(&Texts) -> anyhow::Result<Validated>,
) -> anyhow::Result<Mended> {
    let (mut before, mut after, mut count) = (Texts::new(), Texts::new(), 0);
    let mut refused: BTreeSet<PathBuf> = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let (mut next, mut more) = (after.clone(), BTreeMap::new());
        for (file, fixes) in fixes(&found) {
            if refused.contains(&file) {
                continue;
            }
            let text = match after.get(&file) {
                Some(text) => text.clone(),
                None => read::decode(&read::bytes(&file)?)?.to_string(),
            };
            let (mended, mends) = mend::mend(&text, &fixes);
            if mends == 0 || read::file(&file, mended.as_bytes()).is_err() {
                refused.insert(file);
                continue;
            }
            before.entry(file.clone()).or_insert(text);
            more.insert(file.clone(), mends);
            next.insert(file, mended);
        }
        if more.is_empty() {
            break;
        }
        let looked = look_at(&next)?;
        let worse: Vec<PathBuf> =
            more.keys().filter(|file| weight(&looked, file) >= weight(&found, file)).cloned().collect();
        if worse.is_empty() {
            count += more.values().sum::<usize>();
            (after, found) = (next, looked);
        } else {
            // The others have their turn in the next round.
            refused.extend(worse);
        }
    }
    before.retain(|file, _| after.contains_key(file));
    Ok(Mended { found, before, after, count })
}

/// The mends of each file; of files that nobody renders.
fn fixes(found: &Validated) -> BTreeMap<PathBuf, Vec<Fix>> {
    let mut fixes: BTreeMap<PathBuf, Vec<Fix>> = BTreeMap::new();
    for one in found.reports.last().into_iter().flat_map(|report| report.open()) {
        // Standard input has a name that is no file's.
        if let Some(fix) = one.fix.as_ref().filter(|_| one.file.is_file()) {
            fixes.entry(one.file.clone()).or_default().push(fix.clone());
        }
    }
    fixes
}

/// How many errors a file has, and how many findings.
fn weight(found: &Validated, file: &Path) -> (usize, usize) {
    let of_file = || found.reports.iter().flat_map(|report| report.open()).filter(|one| one.file == file);
    (of_file().filter(|one| one.severity == Severity::Error).count(), of_file().count())
}

impl Mended {
    /// Prints what would change.
    pub(super) fn show(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        for (file, after) in &self.after {
            let shown = |text: &String| Ok(masked(text, &read::file(file, text.as_bytes())?.documents));
            let (before, after): (anyhow::Result<_>, anyhow::Result<_>) =
                (shown(&self.before[file]), shown(after));
            let name = file.display().to_string();
            let shown = diff(&name, Some(&before?), Some(&after?), Console::colors_results());
            session.console.print(&shown)?;
        }
        session.console.tell(&format!("{} can be mended; nothing was written\n", self.told()));
        Ok(if self.count == 0 { Exit::Clean } else { Exit::Diagnostics })
    }

    /// Writes what has changed; gives what is left to find.
    pub(super) fn write(self, session: &mut Session<'_>) -> anyhow::Result<Validated> {
        for (file, after) in &self.after {
            let shown = || format!("cannot write `{}`; it is as it was", file.display());
            let is_as_read = read::bytes(file)? == self.before[file].as_bytes();
            anyhow::ensure!(is_as_read, "`{}` was changed by somebody else meanwhile", file.display());
            rewrite(file, after.as_bytes()).with_context(shown)?;
        }
        session.console.tell(&format!("mended {}\n", self.told()));
        Ok(self.found)
    }

    fn told(&self) -> String {
        match self.count {
            0 => "nothing".to_owned(),
            count => format!("{} in {}", counted(count, "finding"), counted(self.after.len(), "file")),
        }
    }
}
