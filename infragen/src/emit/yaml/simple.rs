//! The same YAML as the serializer prints, ten times as fast, for trees of short plain words and numbers: nearly all
//! manifests. A tree that holds anything else is the serializer's; a test compares the two.

use std::fmt::Write as _;

use super::is_ambiguous;
use crate::node::{Node, Value};

/// The longest key that the serializer prints without a question mark is far longer.
const LONGEST_KEY: usize = 100;

/// Prints the tree, if it is simple.
pub(super) fn print(root: &Node) -> Option<String> {
    let mut printed = String::with_capacity(2048);
    match &root.value {
        Value::Mapping(fields) if !fields.is_empty() => block(root, 0, &mut printed)?,
        _ => return None,
    }
    Some(printed)
}

/// A mapping or a list that is not empty, from where the line has got to.
fn block(node: &Node, indent: usize, printed: &mut String) -> Option<()> {
    for (position, field) in node.fields().iter().enumerate() {
        if position > 0 {
            blanks(indent, printed);
        }
        if field.name.len() > LONGEST_KEY {
            return None;
        }
        text(&field.name, printed)?;
        printed.push(':');
        match &field.node.value {
            Value::Mapping(fields) if !fields.is_empty() => {
                printed.push('\n');
                blanks(indent + 2, printed);
                block(&field.node, indent + 2, printed)?;
            }
            Value::Sequence(items) if !items.is_empty() => {
                printed.push('\n');
                blanks(indent, printed);
                block(&field.node, indent, printed)?;
            }
            value => {
                printed.push(' ');
                scalar(value, printed)?;
            }
        }
    }
    for (position, item) in node.items().iter().enumerate() {
        if position > 0 {
            blanks(indent, printed);
        }
        printed.push_str("- ");
        match &item.value {
            Value::Mapping(fields) if !fields.is_empty() => block(item, indent + 2, printed)?,
            Value::Sequence(items) if !items.is_empty() => block(item, indent + 2, printed)?,
            value => scalar(value, printed)?,
        }
    }
    Some(())
}

fn blanks(count: usize, printed: &mut String) {
    printed.extend(std::iter::repeat_n(' ', count));
}

/// A value that holds no others, and the end of its line.
fn scalar(value: &Value, printed: &mut String) -> Option<()> {
    match value {
        Value::Null => printed.push_str("null"),
        Value::Bool(truth) => printed.push_str(if *truth { "true" } else { "false" }),
        Value::Integer(number) => write!(printed, "{number}").ok()?,
        Value::String(string) => text(string, printed)?,
        Value::Sequence(items) if items.is_empty() => printed.push_str("[]"),
        Value::Mapping(fields) if fields.is_empty() => printed.push_str("{}"),
        Value::Float(_) | Value::Sequence(_) | Value::Mapping(_) => return None,
    }
    printed.push('\n');
    Some(())
}

/// Words that nothing but quotes could change, with quotes where some reader would take them for anything else.
fn text(text: &str, printed: &mut String) -> Option<()> {
    let bytes = text.as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+=@() :,;".contains(byte);
    let (first, last) = (bytes.first()?, bytes.last()?);
    let begins_plainly = first.is_ascii_alphanumeric() || *first == b'/';
    let ends_plainly = !b" :".contains(last);
    if !begins_plainly || !ends_plainly || !bytes.iter().all(is_plain) {
        return None;
    }
    if is_ambiguous(text) || text.contains(": ") {
        printed.push('\'');
        printed.push_str(text);
        printed.push('\'');
    } else {
        printed.push_str(text);
    }
    Some(())
}
