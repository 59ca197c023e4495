//! A CodeBuild buildspec as rules see it.

use crate::bundle::Document;
use crate::node::{FieldPath, Node};

/// A CodeBuild buildspec.
#[derive(Clone, Copy, Debug)]
pub struct Buildspec<'a> {
    /// The document that holds it.
    pub document: &'a Document,
    /// Its root.
    pub node: &'a Node,
}

impl<'a> Buildspec<'a> {
    /// Its phases, by name.
    pub fn phases(&self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let phases = self.node.get("phases").map_or(&[][..], Node::fields);
        phases.iter().map(|field| (field.name.as_str(), &field.node))
    }

    /// The path of a chain of fields below one phase.
    #[must_use]
    pub fn phase_path(&self, phase: &str, names: &[&str]) -> FieldPath {
        FieldPath::root().fields(&["phases", phase]).fields(names)
    }
}
