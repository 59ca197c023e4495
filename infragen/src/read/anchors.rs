//! What anchors name, and how often aliases may repeat it.

use std::collections::HashMap;

use saphyr_parser::Span;

use super::ReadError;
use super::builder::error;
use crate::node::Node;

/// How many values the anchors of one document may name, and its aliases repeat. Well-made ones repeat a few hundred.
const MOST_REPEATED: usize = 100_000;

/// What the anchors of a document name.
#[derive(Default)]
pub(super) struct Anchors {
    /// With how many values each holds.
    named: HashMap<usize, (Node, usize)>,
    kept: usize,
    repeated: usize,
    /// How many values the documents before repeated, beyond one for each character of theirs.
    owed: usize,
    /// Where the document begins.
    start: usize,
}

impl Anchors {
    /// Keeps a value under its anchor; 0 is none.
    pub(super) fn keep(
        &mut self,
        anchor: usize,
        node: &Node,
        size: impl FnOnce() -> usize,
        span: Span,
    ) -> Result<(), ReadError> {
        if anchor == 0 {
            return Ok(());
        }
        let size = size();
        self.kept += size;
        if self.kept > MOST_REPEATED {
            return Err(error(span, format!("anchors name more than {MOST_REPEATED} values")));
        }
        self.named.insert(anchor, (node.clone(), size));
        Ok(())
    }

    /// The value under an anchor, once more.
    pub(super) fn repeat(&mut self, anchor: usize, span: Span) -> Result<Node, ReadError> {
        let Some((node, size)) = self.named.get(&anchor) else {
            return Err(error(span, "the anchor that this alias names is not complete yet".to_owned()));
        };
        self.repeated += size;
        if self.owed + self.repeated > MOST_REPEATED {
            return Err(error(span, format!("aliases repeat more than {MOST_REPEATED} values")));
        }
        Ok(node.clone())
    }

    /// Forgets what the document named. A text of many documents may repeat one value more for each character.
    pub(super) fn end_document(&mut self, end: usize) {
        let length = end.saturating_sub(self.start);
        self.owed = (self.owed + self.repeated).saturating_sub(length);
        (self.kept, self.repeated, self.start) = (0, 0, end);
        self.named.clear();
    }
}
