//! YAML and JSON as trees: what somebody else wrote enters here.

mod node;

use serde::Deserialize;
use thiserror::Error;

use crate::node::{Node, Value};

/// A text that is no YAML, or that says one thing twice.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}{message}", line_and_column(*.place))]
pub struct ReadError {
    /// Line and column, first is 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
}

fn line_and_column(place: Option<(usize, usize)>) -> String {
    place.map(|(line, column)| format!("line {line}, column {column}: ")).unwrap_or_default()
}

/// Reads every document of a text; empty ones are left out.
///
/// # Errors
/// When the text is no YAML, a mapping has the same key twice, or a value has a tag of its own.
pub fn objects(text: &str) -> Result<Vec<Node>, ReadError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut documents = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let node = node::FromYaml::deserialize(document).map_err(ReadError::from)?.0;
        if node.value != Value::Null {
            documents.push(node);
        }
    }
    Ok(documents)
}

impl From<serde_yaml::Error> for ReadError {
    fn from(error: serde_yaml::Error) -> Self {
        let place = error.location().map(|place| (place.line(), place.column()));
        let text = error.to_string();
        // The place is said once, and in front.
        let message = match text.rfind(" at line ") {
            Some(end) if place.is_some() => text[..end].to_owned(),
            _ => text,
        };
        Self { place, message }
    }
}

#[cfg(test)]
mod tests {
    use super::objects;

    #[test]
    fn documents_are_read_and_empty_ones_left_out() {
        let nodes =
            objects("# nothing\n---\nkind: A\n---\n---\nkind: B\nitems: [1, 2.5, null, true]\n").unwrap();
        let kinds: Vec<_> = nodes.iter().map(|node| node.text_at(&["kind"])).collect();
        assert_eq!(kinds, [Some("A"), Some("B")]);
        assert_eq!(objects("").unwrap(), []);
    }

    #[test]
    fn keys_are_text_as_kubernetes_takes_them() {
        let nodes = objects("{80: a, true: b, plain: c}").unwrap();
        let names: Vec<_> = nodes[0].fields().iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["80", "true", "plain"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let cases = [
            ("a: 1\nb:\n  c: 1\n  c: 2\n", "the key `c` stands here twice"),
            ("a: 1\n---\nb: [\n", "did not find expected node content"),
            ("a: !Ref x\n", "the tag `!Ref` has no meaning here"),
            ("{[a]: 1}", "a key must be text"),
        ];
        for (text, expected) in cases {
            let error = objects(text).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(error.place.is_some(), "{error} has no place");
        }
        assert_eq!(objects("a: 1\nb:\n  c: 1\n  c: 2\n").unwrap_err().place, Some((3, 3)));
    }
}
