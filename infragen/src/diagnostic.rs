//! What the linter has to say: one finding, with its place and its mend.

use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bundle::{Place, Unread};
use crate::node::FieldPath;

/// How much a finding weighs.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A nicety.
    Info,
    /// It works, and will hurt some day.
    Warning,
    /// The API server refuses it, or it cannot work.
    Error,
}

/// What a finding is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// The text itself: syntax, encoding, duplicate keys.
    Form,
    /// Kubernetes' own schemas.
    Schema,
    /// What the API server refuses though the schema allows it.
    Admission,
    /// Pod Security Standards.
    PodSecurity,
    /// One object's word about another.
    Reference,
    /// What experience advises.
    Practice,
    /// CodeBuild's buildspecs.
    Buildspec,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule's name, such as `missing-memory-limit`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about.
    pub category: Category,
    /// What is wrong, and where: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The document's file.
    pub file: PathBuf,
    /// The field in the document.
    pub path: FieldPath,
    /// The object, unless the document holds none.
    pub object: Option<ObjectName>,
    /// Where it was written.
    pub place: Option<Place>,
    /// The line at that place, where there is a text to show.
    pub excerpt: Option<Excerpt>,
    /// Why somebody decided to live with it, if somebody did.
    pub waived: Option<String>,
    /// The one safe way to mend it, where there is one.
    pub fix: Option<Fix>,
    /// The document that must be read once more to tell place, excerpt and fix.
    pub unread: Option<Unread>,
    /// Whether nobody may read the line.
    pub hides_line: bool,
}

/// What to write in the place of what, in the finding's file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The byte at which it begins.
    pub start: usize,
    /// What stands there.
    pub was: String,
    /// What is to stand there.
    pub becomes: String,
}

/// A line of a file, and the part of it that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, without its break; of a long one what is near, with an ellipsis where it is cut.
    pub line: String,
    /// How many characters stand before the part.
    pub start: usize,
    /// How many characters the part has; at least 1.
    pub length: usize,
}

/// How many bytes are shown of a line before a place, and from there on. JSON is often one line.
const WIDEST: usize = 200;

impl Excerpt {
    /// The line around a byte offset, from there to its end or to the value behind a key; of a long line, what is near.
    #[must_use]
    pub fn in_text(text: &str, offset: usize) -> Self {
        let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
        let near = &before[before.floor_char_boundary(before.len().saturating_sub(WIDEST))..];
        let head = match near.rsplit_once('\n') {
            Some((_, head)) => head.to_owned(),
            None if near.len() < before.len() && !before[..before.len() - near.len()].ends_with('\n') => {
                format!("…{near}")
            }
            None => near.to_owned(),
        };
        let near = &after[..after.floor_char_boundary(WIDEST)];
        let tail = near.lines().next().unwrap_or_default();
        let rest = if tail.len() == near.len() && near.len() < after.len() { "…" } else { "" };
        let ends: &[&str] = match tail.as_bytes().first() {
            // A list or a mapping on one line, or a quoted text: as far as the line goes.
            Some(b'{' | b'[' | b'"' | b'\'') => &[" #"],
            _ => &[" #", ": ", ", ", "}", "]"],
        };
        let length = ends.iter().filter_map(|end| tail.find(end)).min().unwrap_or(tail.len());
        let part = tail[..length].trim_end();
        Self {
            line: format!("{head}{tail}{rest}"),
            start: head.chars().count(),
            length: part.chars().count().max(1),
        }
    }
}

impl Diagnostic {
    /// A finding that is yet to be told where it is.
    #[must_use]
    pub fn new(
        rule: &'static str,
        severity: Severity,
        category: Category,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            category,
            message: message.into(),
            help: String::new(),
            file: PathBuf::new(),
            path: FieldPath::root(),
            object: None,
            place: None,
            excerpt: None,
            waived: None,
            fix: None,
            unread: None,
            hides_line: false,
        }
    }
}

/// What an object is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectName {
    /// Group and version, such as `apps/v1`.
    pub api_version: String,
    /// Such as `Deployment`.
    pub kind: String,
    /// Absent for what belongs to the whole cluster.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "form",
            Self::Schema => "schema",
            Self::Admission => "admission",
            Self::PodSecurity => "pod-security",
            Self::Reference => "reference",
            Self::Practice => "practice",
            Self::Buildspec => "buildspec",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn an_excerpt_is_the_line_and_the_part_that_matters() {
        let text = "a: 1\né: two # why\nb:\n";
        let excerpt = |line: &str, start, length| Excerpt { line: line.to_owned(), start, length };
        assert_eq!(Excerpt::in_text(text, 9), excerpt("é: two # why", 3, 3));
        assert_eq!(Excerpt::in_text(text, 5), excerpt("é: two # why", 0, 1));
        assert_eq!(Excerpt::in_text("a: {b: 2, c: 3}", 7), excerpt("a: {b: 2, c: 3}", 7, 1));
        assert_eq!(Excerpt::in_text("a: {b: 2, c: 3}", 3), excerpt("a: {b: 2, c: 3}", 3, 12));
        assert_eq!(Excerpt::in_text(text, text.len()), excerpt("", 0, 1));
        assert_eq!(Excerpt::in_text(text, 999), excerpt("", 0, 1));
    }

    #[test]
    fn of_a_long_line_what_is_near_is_shown() {
        let text = format!("a\n{}x{}\nb", "é".repeat(1000), "ü".repeat(1000));
        let found = Excerpt::in_text(&text, 2 + 2000);
        let (before, after) = ("é".repeat(100), "ü".repeat(99));
        assert_eq!(found.line, format!("…{before}x{after}…"));
        assert_eq!((found.start, found.length), (101, 100));
        let fits = format!("{}x{}", "a".repeat(150), "b".repeat(150));
        assert_eq!(Excerpt::in_text(&format!("\n{fits}\n"), 151).line, fits);
    }
}
