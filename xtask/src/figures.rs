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

    /// Takes over what was checked and measured elsewhere.
    pub(crate) fn append(&mut self, mut others: Self) {
        self.rows.append(&mut others.rows);
        self.missed += others.missed;
    }

    /// All of it as a table.
    pub(crate) fn table(&self) -> String {
        let mut table = Table::new(["what", "seen", "verdict"]);
        for row in &self.rows {
            table.row(row.clone());
        }
        table.text()
    }

    /// Prints all of it in a table, and fails if something did not hold.
    pub(crate) fn tell(self, chore: &str) -> anyhow::Result<()> {
        say(self.table().trim_end());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_missed_elsewhere_fails_here() {
        let (mut here, mut there) = (Figures::default(), Figures::default());
        here.check("one", "seen", true);
        there.check("two", "not seen", false);
        here.append(there);
        assert_eq!(here.tell("chore").unwrap_err().to_string(), "chore: 1 of the checks missed");
    }
}
