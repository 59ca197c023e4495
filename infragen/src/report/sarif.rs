//! Diagnostics for code scanning: a log of SARIF 2.1.0 with one run.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::whereabouts::Whereabouts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Report, Rule, rules};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// Prints all findings, waived ones as suppressed, with the manuals of the rules that made them.
#[must_use]
pub fn sarif(report: &Report) -> String {
    let ids: BTreeSet<&str> = report.diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let described: Vec<Value> = ids.iter().map(|id| description(id)).collect();
    let results: Vec<Value> = report.diagnostics.iter().map(|diagnostic| result(diagnostic, &ids)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "infragen",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": described,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": "the folder that infragen ran in"}}},
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// What is known of a rule; of what the reader or a renderer found, its name.
fn description(id: &str) -> Value {
    let Some(rule) = rules::ALL.iter().find(|rule| rule.id == id) else { return json!({"id": id}) };
    let manual = rule.manual();
    json!({
        "id": id,
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": why(rule, &manual)},
        "help": {"text": manual, "markdown": manual},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [rule.category.to_string()]},
    })
}

/// The summary and why it is bad, as one text.
fn why(rule: &Rule, manual: &str) -> String {
    let paragraphs = manual.split("\n## ").find_map(|part| part.strip_prefix("Why is this bad?"));
    let words = paragraphs.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {words}", rule.summary()).trim_end().to_owned()
}

fn result(diagnostic: &Diagnostic, ids: &[&str]) -> Value {
    let text = [diagnostic.message.as_str(), diagnostic.help.as_str()];
    let text = text.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "level": level(diagnostic.severity),
        "message": {"text": text},
        "locations": [location(diagnostic)],
    });
    if let Ok(index) = ids.binary_search(&diagnostic.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(reason) = &diagnostic.waived {
        result["suppressions"] = json!([{"kind": "inSource", "justification": reason}]);
    }
    result
}

fn location(diagnostic: &Diagnostic) -> Value {
    let at = Whereabouts::of(diagnostic);
    let mut location = json!({});
    if !at.file.is_empty() {
        location["physicalLocation"] = json!({"artifactLocation": artifact(&at.file)});
        let region = [("startLine", at.line), ("startColumn", at.column), ("endColumn", at.end_column)];
        let region: serde_json::Map<_, _> =
            region.into_iter().filter_map(|(name, number)| Some((name.to_owned(), json!(number?)))).collect();
        if !region.is_empty() {
            location["physicalLocation"]["region"] = region.into();
        }
    }
    let subject = super::subject(diagnostic);
    if !subject.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": subject}]);
    }
    location
}

/// A file as a URI: below the folder of the run, unless its path begins at the root.
fn artifact(file: &str) -> Value {
    let mut uri = String::new();
    for byte in file.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(byte.into());
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    if file.starts_with('/') {
        json!({"uri": format!("file://{uri}")})
    } else {
        json!({"uri": uri, "uriBaseId": "SRCROOT"})
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests;
