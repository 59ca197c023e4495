//! Diagnostics as annotations of a GitHub workflow: one command a line, which the runner reads from the output.

use super::whereabouts::Whereabouts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Report;

/// Prints every finding that nobody waived, as a command of a workflow.
#[must_use]
pub fn github(report: &Report) -> String {
    report.open().map(command).collect()
}

fn command(diagnostic: &Diagnostic) -> String {
    let at = Whereabouts::of(diagnostic);
    let number = |number: Option<usize>| number.map(|number| number.to_string());
    let properties = [
        ("file", Some(at.file).filter(|file| !file.is_empty())),
        ("line", number(at.line)),
        ("col", number(at.column)),
        ("endColumn", number(at.end_column)),
        ("title", Some(diagnostic.rule.to_owned())),
    ];
    let properties: Vec<_> = properties
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", escape_property(&value?))))
        .collect();
    let text = [super::subject(diagnostic), diagnostic.message.clone(), diagnostic.help.clone()];
    let text = text.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    format!("::{} {}::{}\n", level(diagnostic.severity), properties.join(","), escape(&text))
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// As `escapeData` of the runner's toolkit does (`actions/toolkit`, `packages/core/src/command.ts`).
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As `escapeProperty` does there.
fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::github;
    use crate::bundle::Place;
    use crate::diagnostic::{Category, Diagnostic, Severity};
    use crate::lint::Report;

    fn report(diagnostic: Diagnostic) -> Report {
        Report { diagnostics: vec![diagnostic], objects: 1, others: 0 }
    }

    #[test]
    fn a_finding_is_one_command() {
        let found = Diagnostic {
            help: "do: this, or 100 %".to_owned(),
            file: "a,b:c.yaml".into(),
            place: Some(Place::Yaml { line: 3, column: 5 }),
            ..Diagnostic::new("some-rule", Severity::Info, Category::Form, "two\r\nlines")
        };
        let expected = "::notice file=a%2Cb%3Ac.yaml,line=3,col=5,title=some-rule::\
                        two%0D%0Alines%0Ado: this, or 100 %25\n";
        assert_eq!(github(&report(found)), expected);
    }

    #[test]
    fn what_is_waived_is_no_annotation() {
        let waived = Diagnostic {
            waived: Some("why".to_owned()),
            ..Diagnostic::new("some-rule", Severity::Error, Category::Form, "bad")
        };
        assert_eq!(github(&report(waived)), "");
    }

    /// As the runner reads a command.
    fn unescape(text: &str) -> String {
        [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
            .into_iter()
            .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
    }

    proptest! {
        #[test]
        fn any_text_comes_back(message in "\\PC*|[%:,\r\n0-9A-D]*", file in "[^/\u{0}]+") {
            let found = Diagnostic {
                file: (&file).into(),
                ..Diagnostic::new("some-rule", Severity::Error, Category::Form, &message)
            };
            let printed = github(&report(found));
            let line = printed.strip_suffix('\n').unwrap();
            prop_assert!(!line.contains(['\r', '\n']));
            let (properties, text) = line.strip_prefix("::error ").unwrap().split_once("::").unwrap();
            prop_assert_eq!(unescape(text), message);
            let (file_property, title) = properties.split_once(',').unwrap();
            prop_assert_eq!(unescape(file_property.strip_prefix("file=").unwrap()), file);
            prop_assert_eq!(title, "title=some-rule");
        }
    }
}
