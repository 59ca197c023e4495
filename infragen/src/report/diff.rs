//! What differs between two texts, as a unified diff.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::Palette;

const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();
const BOLD: Style = Style::new().bold();

/// Prints what differs in one file, with three lines around each change; a side without text means no file.
#[must_use]
pub fn diff(path: &str, before: Option<&str>, after: Option<&str>, color: bool) -> String {
    let palette = Palette { is_on: color };
    let side = |letter: &str, text: Option<&str>| {
        text.map_or("/dev/null".to_owned(), |_| format!("{letter}/{path}"))
    };
    let mut printed = String::new();
    for (mark, name) in [("---", side("a", before)), ("+++", side("b", after))] {
        let _ = writeln!(printed, "{}", palette.paint(BOLD, &format!("{mark} {name}")));
    }
    let text_diff = TextDiff::from_lines(before.unwrap_or_default(), after.unwrap_or_default());
    for hunk in text_diff.unified_diff().context_radius(3).iter_hunks() {
        let _ = writeln!(printed, "{}", palette.paint(CYAN, &hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let (mark, style) = match change.tag() {
                ChangeTag::Delete => ("-", Some(RED)),
                ChangeTag::Insert => ("+", Some(GREEN)),
                ChangeTag::Equal => (" ", None),
            };
            let line = format!("{mark}{}", change.value().trim_end_matches('\n'));
            let _ = writeln!(
                printed,
                "{}",
                style.map_or_else(|| line.clone(), |style| palette.paint(style, &line))
            );
            if change.missing_newline() {
                let _ = writeln!(printed, "\\ No newline at end of file");
            }
        }
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn a_change_is_shown_as_a_unified_diff() {
        let before = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n";
        let after = "a: 1\nb: 2\nc: 3\nd: 4\ne: 6";
        let expected = "--- a/x.yaml\n+++ b/x.yaml\n@@ -2,4 +2,4 @@\n b: 2\n c: 3\n d: 4\n-e: 5\n+e: 6\n\\ No newline at end of file\n";
        assert_eq!(diff("x.yaml", Some(before), Some(after), false), expected);
    }

    #[test]
    fn a_file_that_is_missing_is_nothing() {
        assert_eq!(diff("x", None, Some("a\n"), false), "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(diff("x", Some("a\n"), None, false), "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
    }

    #[test]
    fn colours_come_only_when_asked_for() {
        assert!(!diff("x", Some("a\n"), Some("b\n"), false).contains('\u{1b}'));
        assert!(diff("x", Some("a\n"), Some("b\n"), true).contains("\u{1b}[31m-a\u{1b}[0m"));
    }
}
