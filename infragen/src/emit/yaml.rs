//! A tree as YAML that readers of YAML 1.1 and of 1.2 understand alike.
//!
//! `yaml_serde` quotes what YAML 1.2 would misread. What only a 1.1 reader misreads (`on`, `12:30`, `1_000`)
//! gets a mark in front that makes it quote that too; the marks are then taken out of the text.

mod simple;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::node::{Node, Value};

/// From the private use area, so that it is rare in strings; where it does occur, [`ITSELF`] follows.
const MARK: char = '\u{E000}';
/// After [`MARK`]: the string holds the mark itself.
const ITSELF: &str = "X";
/// After [`MARK`]: as this cannot stand in a plain scalar, the string is put in single quotes.
const SINGLE_QUOTED: &str = ": ";
/// After [`MARK`]: as this cannot stand in single quotes, the string is put in double ones.
const DOUBLE_QUOTED: &str = "\u{FEFF}";
/// [`DOUBLE_QUOTED`], as it is escaped between double quotes.
const DOUBLE_QUOTED_ESCAPED: &str = "\\uFEFF";
/// After [`MARK`]: a number whose text is ours, not the serializer's.
const NUMBER: &str = "F";

/// Prints a tree as YAML: deterministic, block style, with a line break at its end.
#[must_use]
pub fn yaml(node: &Node) -> String {
    simple::print(node).unwrap_or_else(|| serialized(node))
}

#[expect(clippy::expect_used, reason = "a tree's keys are text, and a string takes every write")]
fn serialized(node: &Node) -> String {
    without_marks(serde_yaml::to_string(&Marked(node)).expect("a tree is YAML"))
}

/// A tree whose strings are marked where they need quotes.
struct Marked<'a>(&'a Node);

impl Serialize for Marked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::String(text) => serialize_text(text, serializer),
            Value::Float(number) if number.is_finite() => {
                serializer.serialize_str(&format!("{MARK}{NUMBER}{}", float(*number)))
            }
            Value::Sequence(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(&Marked(item))?;
                }
                sequence.end()
            }
            Value::Mapping(fields) => {
                let mut map = serializer.serialize_map(None)?;
                for field in fields {
                    map.serialize_entry(&MarkedKey(&field.name), &Marked(&field.node))?;
                }
                map.end()
            }
            Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {
                self.0.serialize(serializer)
            }
        }
    }
}

struct MarkedKey<'a>(&'a str);

impl Serialize for MarkedKey<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_text(self.0, serializer)
    }
}

fn serialize_text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let mark = if has_odd_line_break(text) {
        DOUBLE_QUOTED
    } else if is_ambiguous(text) {
        SINGLE_QUOTED
    } else if text.contains(MARK) {
        return serializer.serialize_str(&escaped(text));
    } else {
        return serializer.serialize_str(text);
    };
    serializer.serialize_str(&format!("{MARK}{mark}{}", escaped(text)))
}

fn escaped(text: &str) -> String {
    text.replace(MARK, &format!("{MARK}{ITSELF}"))
}

/// Whether the text holds what one version of YAML takes for a line break and the other does not, or folds.
fn has_odd_line_break(text: &str) -> bool {
    text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// Whether some reader takes the text for anything else than text, when it stands without quotes.
///
/// Wider than the types of <https://yaml.org/type/>: everything that begins as a number and holds only what
/// numbers, times and their suffixes are written with.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 14] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", "=", "<<"];
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let word = unsigned.strip_prefix('.').unwrap_or(unsigned);
    WORDS.iter().any(|ambiguous| word.eq_ignore_ascii_case(ambiguous))
        || unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == '_')
            && unsigned.bytes().all(|byte| byte.is_ascii_hexdigit() || b"_:.+- xXoOtTzZ".contains(&byte))
}

/// Writes a number so that YAML 1.1 takes it for one: with a point, and a sign before its exponent.
fn float(number: f64) -> String {
    let text = format!("{number:?}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

fn without_marks(text: String) -> String {
    if !text.contains(MARK) {
        return text;
    }
    let mut parts = text.split(MARK);
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if let Some(rest) = part.strip_prefix(ITSELF) {
            clean.push(MARK);
            clean.push_str(rest);
        } else {
            let rest = [SINGLE_QUOTED, DOUBLE_QUOTED_ESCAPED, NUMBER]
                .iter()
                .find_map(|mark| part.strip_prefix(mark))
                .unwrap_or(part);
            clean.push_str(rest);
        }
    }
    clean
}

#[cfg(test)]
mod tests;
