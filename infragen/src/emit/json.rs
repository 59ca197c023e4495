//! A tree as JSON.

use crate::node::Node;

/// Prints a tree as indented JSON, with a line break at its end.
#[must_use]
#[expect(clippy::expect_used, reason = "a tree's keys are text, and a string takes every write")]
pub fn json(node: &Node) -> String {
    let mut text = serde_json::to_string_pretty(node).expect("a tree is JSON");
    text.push('\n');
    text
}
