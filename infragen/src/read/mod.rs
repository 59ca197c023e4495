//! YAML and JSON as trees: what somebody else wrote enters here, each value with its place.
//!
//! Scalars mean what they mean to kubectl, which reads YAML 1.1: an unquoted `on` is `true`, `0755` is 493.

mod anchors;
mod builder;
mod chart;
mod documents;
mod file;
mod kustomization;
mod lookalike;
mod no_manifest;
mod scalar;
mod stream;
mod unindented;
mod walk;

use thiserror::Error;

pub use chart::{is_template, of_chart};
pub use file::{Contents, File, decode, file};
pub use kustomization::Kustomization;
pub use no_manifest::{NoManifest, is_of_others};
pub use walk::{Files, Unreadable, bytes, bytes_that_last, files};

use crate::node::{Node, PlaceId, Value};

/// A text that is no YAML, says one thing twice, or is made to hurt its reader.
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

/// Reads every document of a text as a tree whose places are byte offsets into it; empty ones are left out.
///
/// # Errors
/// When the text is no YAML, a mapping has the same key twice, a value has a tag of its own, or the text is nested
/// deeper or repeats itself more than any manifest does.
pub fn documents(text: &str) -> Result<Vec<Node>, ReadError> {
    documents::Documents::new(text).collect()
}

/// As [`documents`], without places: for a text that is no file.
///
/// # Errors
/// As [`documents`].
pub fn objects(text: &str) -> Result<Vec<Node>, ReadError> {
    let mut nodes = documents(text)?;
    nodes.iter_mut().for_each(forget_places);
    Ok(nodes)
}

fn forget_places(node: &mut Node) {
    (node.place, node.key) = (PlaceId::INHERITED, PlaceId::INHERITED);
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(forget_places),
        Value::Mapping(fields) => {
            for field in fields {
                forget_places(&mut field.node);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
