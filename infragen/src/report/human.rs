//! Diagnostics as people read them in a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Palette, subject};
use crate::bundle::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Report;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BLUE: Style = AnsiColor::Blue.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();

/// Prints every finding that nobody waived, and a line that sums up.
#[must_use]
pub fn human(report: &Report, color: bool) -> String {
    let palette = Palette { is_on: color };
    let mut text = String::new();
    for diagnostic in report.open() {
        push(&mut text, diagnostic, palette);
    }
    text.push_str(&summary(report, palette));
    text.push('\n');
    text
}

fn push(text: &mut String, diagnostic: &Diagnostic, palette: Palette) {
    let style = style_of(diagnostic.severity);
    let head = format!("{}[{}]", diagnostic.severity, diagnostic.rule);
    let message = palette.paint(BOLD, &diagnostic.message);
    let _ = writeln!(text, "{}: {message}", palette.paint(style, &head));
    let file = diagnostic.file.display().to_string();
    let arrow = palette.paint(BLUE, "-->");
    match &diagnostic.place {
        Some(Place::Yaml { line, column }) => {
            let _ = writeln!(text, "  {arrow} {file}:{line}:{column}");
            push_excerpt(text, diagnostic, *line, style, palette);
            push_labelled(text, "at", &subject(diagnostic), palette);
        }
        place => {
            let origin = match place {
                Some(Place::Rust(origin)) => origin.to_string(),
                _ if file.is_empty() => "the whole bundle".to_owned(),
                _ => file.clone(),
            };
            let _ = writeln!(text, "  {arrow} {origin}");
            push_labelled(text, "at", &subject(diagnostic), palette);
            if !file.is_empty() && file != origin {
                push_labelled(text, "in", &file, palette);
            }
        }
    }
    if !diagnostic.help.is_empty() {
        let _ = writeln!(text, "  {} {}", palette.paint(GREEN, "help:"), diagnostic.help);
    }
    text.push('\n');
}

fn push_labelled(text: &mut String, label: &str, words: &str, palette: Palette) {
    if !words.is_empty() {
        let _ = writeln!(text, "   {} {words}", palette.paint(BLUE, label));
    }
}

fn push_excerpt(text: &mut String, diagnostic: &Diagnostic, line: usize, style: Style, palette: Palette) {
    let Some(excerpt) = &diagnostic.excerpt else { return };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let bar = palette.paint(BLUE, "|");
    let shown = excerpt.line.replace('\t', " ");
    let underline =
        format!("{}{}", " ".repeat(excerpt.start), palette.paint(style, &"^".repeat(excerpt.length)));
    let _ = writeln!(text, "   {} {bar} {shown}", palette.paint(BLUE, &number));
    let _ = writeln!(text, "   {margin} {bar} {underline}");
}

fn summary(report: &Report, palette: Palette) -> String {
    let count = |severity| report.count(severity);
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let mut parts = Vec::new();
    for (number, severity) in [(errors, Severity::Error), (warnings, Severity::Warning)] {
        if number > 0 {
            parts.push(palette.paint(style_of(severity), &plural(number, &severity.to_string())));
        }
    }
    if infos > 0 {
        parts.push(format!("{infos} info"));
    }
    if parts.is_empty() {
        parts.push(palette.paint(GREEN, "no findings"));
    }
    let waived = report.diagnostics.len() - report.open().count();
    let waived = if waived == 0 { String::new() } else { palette.paint(DIM, &format!(" ({waived} waived)")) };
    let mut looked_at = plural(report.objects, "object");
    if report.others > 0 {
        let _ = write!(looked_at, " and {}", plural(report.others, "other document"));
    }
    format!("{} in {looked_at}{waived}", parts.join(", "))
}

fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

const fn style_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => AnsiColor::Cyan.on_default().bold(),
    }
}

#[cfg(test)]
mod tests;
