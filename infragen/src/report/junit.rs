//! Diagnostics for CI's page of tests: JUnit's XML, with one test case for each object that something was found in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::whereabouts::Whereabouts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Report;

/// Prints all findings by file and object.
///
/// A case fails by what nobody waived and weighs `fails_at` or more; what else was found stands in its output. One
/// more case stands for all objects in which nothing was found, so that a clean run shows a test that passed.
#[must_use]
pub fn junit(report: &Report, fails_at: Severity) -> String {
    let cases = cases(report);
    let failures = cases.iter().filter(|case| case.failing(fails_at).next().is_some()).count();
    let clean = clean_objects(report);
    let counts = format!(r#"tests="{}" failures="{failures}" errors="0""#, cases.len() + 1);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"infragen\" {counts}>\n  <testsuite name=\"infragen\" {counts} skipped=\"0\">\n"
    );
    for case in &cases {
        case.push(&mut xml, fails_at);
    }
    let _ = writeln!(xml, "    <testcase classname=\"infragen\" name=\"{clean}\"/>");
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

/// The cases, by file and name.
fn cases(report: &Report) -> Vec<Case<'_>> {
    let mut by_name: BTreeMap<(String, String), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        let key = (diagnostic.file.display().to_string(), case_name(diagnostic));
        by_name.entry(key).or_default().push(diagnostic);
    }
    by_name.into_iter().map(|((file, name), found)| Case { file, name, found }).collect()
}

/// The findings in one object, or in what a file holds besides objects.
struct Case<'a> {
    file: String,
    name: String,
    found: Vec<&'a Diagnostic>,
}

impl<'a> Case<'a> {
    fn failing(&self, fails_at: Severity) -> impl Iterator<Item = &'a Diagnostic> {
        let fails = move |found: &&Diagnostic| found.waived.is_none() && found.severity >= fails_at;
        self.found.iter().copied().filter(fails)
    }

    fn push(&self, xml: &mut String, fails_at: Severity) {
        let file = if self.file.is_empty() { "infragen" } else { &self.file };
        let _ = writeln!(
            xml,
            "    <testcase classname=\"{}\" name=\"{}\">",
            escape_attribute(file),
            escape_attribute(&self.name)
        );
        let failing: Vec<_> = self.failing(fails_at).collect();
        if let Some(worst) = failing.iter().max_by_key(|found| found.severity) {
            let message = match failing.len() {
                1 => worst.message.clone(),
                many => format!("{}, and {} more", worst.message, many - 1),
            };
            let text: String = failing.iter().copied().map(shown).collect();
            let _ = writeln!(
                xml,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                worst.rule,
                escape_attribute(&message),
                escape(&text)
            );
        }
        let rest = self.found.iter().copied();
        let rest: String = rest
            .filter(|found| failing.iter().all(|other| !std::ptr::eq(*other, *found)))
            .map(shown)
            .collect();
        if !rest.is_empty() {
            let _ = writeln!(xml, "      <system-out>{}</system-out>", escape(&rest));
        }
        xml.push_str("    </testcase>\n");
    }
}

fn case_name(diagnostic: &Diagnostic) -> String {
    match &diagnostic.object {
        Some(object) => {
            object.namespace.iter().fold(object.to_string(), |name, space| format!("{space}/{name}"))
        }
        None if diagnostic.file.as_os_str().is_empty() => "the whole bundle".to_owned(),
        None => "the file itself".to_owned(),
    }
}

/// What the last case is called.
fn clean_objects(report: &Report) -> String {
    let mut objects: Vec<_> =
        report.diagnostics.iter().filter_map(|found| Some((&found.file, found.object.as_ref()?))).collect();
    objects.sort_unstable();
    objects.dedup();
    format!("objects without findings: {}", report.objects.saturating_sub(objects.len()))
}

/// A finding as lines of text.
fn shown(diagnostic: &Diagnostic) -> String {
    let mut text = format!("{}[{}]: {}\n", diagnostic.severity, diagnostic.rule, diagnostic.message);
    let at = [Whereabouts::of(diagnostic).shown(), diagnostic.path.to_string()];
    let waived = diagnostic.waived.as_ref().map(|reason| format!("waived: {reason}"));
    let help = Some(&diagnostic.help).filter(|help| !help.is_empty()).map(|help| format!("help: {help}"));
    let at = at.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    for line in [Some(at).filter(|at| !at.is_empty()), help, waived].into_iter().flatten() {
        let _ = writeln!(text, "  {line}");
    }
    text
}

/// Text between tags. What XML 1.0 cannot hold even escaped becomes the replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Readers take a bare one for a line feed.
            '\r' => escaped.push_str("&#13;"),
            '\n' | '\t' => escaped.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Text between quotes, where readers take line feeds and tabs for blanks.
fn escape_attribute(text: &str) -> String {
    escape(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

#[cfg(test)]
mod tests;
