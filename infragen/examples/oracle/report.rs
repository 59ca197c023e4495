//! What the comparison says: figures, where both differ, and whether that is known.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use super::reasons;

/// What both say about one change.
pub(crate) struct Answer {
    pub(crate) kind: String,
    pub(crate) change: String,
    pub(crate) refused: Option<String>,
    pub(crate) caught: Vec<String>,
}

impl Answer {
    fn is_missed(&self) -> bool {
        self.refused.is_some() && self.caught.is_empty()
    }

    fn is_false_alarm(&self) -> bool {
        self.refused.is_none() && !self.caught.is_empty()
    }

    /// The kind, and the field without what was done to it.
    fn field(&self) -> String {
        let ends = [" removed", " = ", " + "].iter().filter_map(|what| self.change.find(what));
        format!("{} `{}`", self.kind, &self.change[..ends.min().unwrap_or(self.change.len())])
    }
}

/// All that was asked.
pub(crate) struct Report {
    pub(crate) version: String,
    pub(crate) objects: usize,
    pub(crate) answers: Vec<Answer>,
}

impl Report {
    /// Each change about which both differ, with what was said.
    pub(crate) fn details(&self) -> String {
        let mut text = "## The server takes it, infragen calls it an error\n\n".to_owned();
        for answer in self.answers.iter().filter(|answer| answer.is_false_alarm()) {
            let _ = writeln!(text, "- {} {}: {}", answer.kind, answer.change, answer.caught.join("; "));
        }
        text.push_str("\n## The server refuses it, infragen does not\n\n");
        let mut missed: Vec<_> = self.answers.iter().filter(|answer| answer.is_missed()).collect();
        missed.sort_by_key(|answer| (&answer.kind, &answer.change));
        for answer in missed {
            let why = answer.refused.as_deref().unwrap_or_default();
            let _ = writeln!(text, "- {} {}: {why}", answer.kind, answer.change);
        }
        text
    }

    /// A row for each kind, and one for all.
    pub(crate) fn figures(&self) -> String {
        let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
        for answer in &self.answers {
            for kind in [answer.kind.as_str(), "~"] {
                let row = kinds.entry(kind).or_default();
                row[0] += 1;
                row[1] += usize::from(answer.refused.is_some());
                row[2] += usize::from(answer.refused.is_some() && !answer.caught.is_empty());
                row[3] += usize::from(answer.is_false_alarm());
            }
        }
        let mut text = "| kind | changes | refused | of these caught | share | wrongly called errors |\n\
            | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
        for (kind, [changes, refused, caught, wrong]) in kinds {
            #[expect(clippy::cast_precision_loss, reason = "there are few")]
            let share = 100.0 * caught as f64 / refused.max(1) as f64;
            let kind = if kind == "~" { "all" } else { kind };
            let _ = writeln!(text, "| {kind} | {changes} | {refused} | {caught} | {share:.1} % | {wrong} |");
        }
        text
    }

    /// Compares what is missed with what the page lists, or writes the page. What is missed and not listed is a step
    /// back, and so is a wrong error.
    pub(crate) fn compare(&self, page: &Path, write: bool) -> ExitCode {
        if write {
            std::fs::write(page, self.page()).unwrap();
        }
        let known = std::fs::read_to_string(page).unwrap_or_default();
        let known: BTreeSet<&str> = known.lines().filter_map(|line| line.strip_prefix("- ")).collect();
        let rest = self.rest();
        let new: Vec<_> = rest.keys().filter(|field| !known.contains(field.as_str())).collect();
        for field in &new {
            println!("not caught, and not listed in {}: {field}", page.display());
        }
        let caught = known.iter().filter(|field| !rest.contains_key(**field)).count();
        if caught > 0 {
            println!("{caught} of the fields that the page lists are caught now, or asked about no more");
        }
        let wrong = self.answers.iter().filter(|answer| answer.is_false_alarm()).count();
        if new.is_empty() && caught == 0 && wrong == 0 {
            return ExitCode::SUCCESS;
        }
        println!(
            "{wrong} wrong errors, {} new gaps: mend them, or run `cargo xtask oracle --write`",
            new.len()
        );
        if wrong == 0 && new.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// The fields of which some change is missed, each with how many and why.
    fn rest(&self) -> BTreeMap<String, (usize, &'static str)> {
        let mut rest = BTreeMap::new();
        for answer in self.answers.iter().filter(|answer| answer.is_missed()) {
            let reason = reasons::of(&answer.change, answer.refused.as_deref().unwrap_or_default());
            rest.entry(answer.field()).or_insert((0, reason)).0 += 1;
        }
        rest
    }

    fn page(&self) -> String {
        let mut text = include_str!("page.md").replace("VERSION", &self.version);
        let _ = writeln!(text, "{} objects were changed.\n\n{}", self.objects, self.figures());
        text.push_str("## What is not caught\n");
        let rest = self.rest();
        let reasons: BTreeSet<_> = rest.values().map(|(_, reason)| *reason).collect();
        for reason in reasons {
            let fields: Vec<_> = rest.iter().filter(|(_, (_, other))| *other == reason).collect();
            let count: usize = fields.iter().map(|(_, (count, _))| count).sum();
            let _ = writeln!(text, "\n### {reason} ({count})\n");
            for (field, _) in fields {
                let _ = writeln!(text, "- {field}");
            }
        }
        text
    }
}
