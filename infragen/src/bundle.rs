//! All documents of one environment, or of one run of files, each with where it came from.
//!
//! Renderers make a bundle and so do readers; rules look at nothing else.

mod facts;
mod place;
mod text;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use facts::{Capacity, Connection, Contract, Endpoint, External, Facts, ReadVariable, Waiver};
pub use place::Place;
pub use text::SourceText;

pub use crate::origin::Origin;

use crate::diagnostic::Excerpt;
use crate::node::{FieldPath, Node, PlaceId};

/// The documents of one environment, and what is known about it beyond them.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The environment's name, when it was rendered from one.
    pub environment: Option<String>,
    /// The documents, in the order in which they must be applied.
    pub documents: Vec<Document>,
    /// What no document says.
    pub facts: Facts,
    /// What went wrong before there was a document to hold it: values that the spec refused, unknown templates.
    pub diagnostics: Vec<crate::diagnostic::Diagnostic>,
}

/// One document: an object, a buildspec, or text.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, relative to the environment's folder, or as it was named by the user.
    pub file: PathBuf,
    /// What it holds.
    pub content: Content,
    /// What the [`PlaceId`]s of its nodes mean.
    pub places: Places,
}

/// What a document holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A Kubernetes object.
    Object(Node),
    /// A CodeBuild buildspec.
    Buildspec(Node),
    /// Prose or a script, written as it stands.
    Text(String),
}

/// The table behind a document's [`PlaceId`]s.
#[derive(Clone, Debug)]
pub enum Places {
    /// Rendered: an id is an index into these origins.
    Rendered(Vec<Origin>),
    /// Read: an id is a byte offset into this text.
    Read {
        /// The whole text of the file.
        text: std::sync::Arc<SourceText>,
    },
    /// Read, and then let go with its text: where to find it again.
    LetGo(Unread),
}

/// A document that is no longer in memory with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The number of its file; whoever read it knows which that is.
    pub file: u32,
    /// Its number in that file.
    pub document: u32,
}

impl Document {
    /// Makes a rendered document, whose places are yet to be marked.
    #[must_use]
    pub fn rendered(file: impl Into<PathBuf>, content: Content) -> Self {
        Self { file: file.into(), content, places: Places::Rendered(Vec::new()) }
    }

    /// The tree, unless the document is text.
    #[must_use]
    pub const fn root(&self) -> Option<&Node> {
        match &self.content {
            Content::Object(node) | Content::Buildspec(node) => Some(node),
            Content::Text(_) => None,
        }
    }

    const fn root_mut(&mut self) -> Option<&mut Node> {
        match &mut self.content {
            Content::Object(node) | Content::Buildspec(node) => Some(node),
            Content::Text(_) => None,
        }
    }

    /// Notes where the value at `path` came from. A path that is not there is passed over: an empty default is not written.
    pub fn mark(&mut self, path: &FieldPath, origin: Origin) {
        let Places::Rendered(origins) = &mut self.places else { return };
        let id = PlaceId(u32::try_from(origins.len()).unwrap_or(u32::MAX));
        origins.push(origin);
        if let Some(node) = self.root_mut().and_then(|root| root.at_path_mut(path)) {
            node.place = id;
        }
    }

    /// Where the value at `path`, or the nearest value around it that is known, came from.
    #[must_use]
    pub fn place(&self, path: &FieldPath) -> Option<Place> {
        let id = self.root()?.place_of(path);
        match &self.places {
            _ if id == PlaceId::INHERITED => None,
            Places::Rendered(origins) => origins.get(id.0 as usize).cloned().map(Place::Rust),
            Places::Read { text } => Some(text.place(id.0 as usize)),
            Places::LetGo(_) => None,
        }
    }

    /// The line that the value at `path` stands on, for a document that was read.
    #[must_use]
    pub fn excerpt(&self, path: &FieldPath) -> Option<Excerpt> {
        let Places::Read { text } = &self.places else { return None };
        let id = self.root()?.place_of(path);
        (id != PlaceId::INHERITED).then(|| Excerpt::in_text(text, id.0 as usize))
    }
}

impl Bundle {
    /// The objects, each with its document.
    pub fn objects(&self) -> impl Iterator<Item = (&Document, &Node)> {
        self.documents.iter().filter_map(|document| match &document.content {
            Content::Object(node) => Some((document, node)),
            Content::Buildspec(_) | Content::Text(_) => None,
        })
    }

    /// How many objects there are of each kind, by name.
    #[must_use]
    pub fn kinds(&self) -> BTreeMap<&str, usize> {
        let mut kinds = BTreeMap::new();
        for (_, object) in self.objects() {
            *kinds.entry(object.text_at(&["kind"]).unwrap_or("?")).or_insert(0) += 1;
        }
        kinds
    }
}
