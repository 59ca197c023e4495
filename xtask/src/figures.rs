//! What a chore checks and measures: one table at its end, and a failure if something did not hold.

use anyhow::bail;

use crate::console::{note, say};
use crate::table::Table;

/// What was checked, and what was measured.
#[derive(Default)]
pub(crate) struct Figures {
    rows: Vec<[String; 3]>,
    missed: usize,
}

impl Figures {
    /// Something that must hold, with what was seen.
    pub(crate) fn check(&mut self, what: impl Into<String>, seen: impl Into<String>, holds: bool) {
        let verdict = if holds { "holds" } else { "MISSED" };
        self.missed += usize::from(!holds);
        self.add(what.into(), seen.into(), verdict);
    }

    /// Something that was measured, and has no goal.
    pub(crate) fn measured(&mut self, what: impl Into<String>, seen: impl Into<String>) {
        self.add(what.into(), seen.into(), "");
    }

    fn add(&mut self, what: String, seen: String, verdict: &str) {
        note(format_args!("{what}: {seen} {verdict}"));
        self.rows.push([what, seen, verdict.to_owned()]);
    }

    /// Prints all of it in a table, and fails if something did not hold.
    pub(crate) fn tell(self, chore: &str) -> anyhow::Result<()> {
        let mut table = Table::new(["what", "seen", "verdict"]);
        for row in self.rows {
            table.row(row);
        }
        say(table.text().trim_end());
        if self.missed > 0 {
            bail!("{chore}: {} of the checks missed", self.missed);
        }
        Ok(())
    }
}

/// Bytes as people read them, in units of a million.
pub(crate) fn megabytes(bytes: f64) -> String {
    format!("{:.1} MB", bytes / 1e6)
}
