//! Answers "why is this value so": every field of a bundle's documents, with the line, default or setting behind it.

mod query;
#[cfg(test)]
mod tests;

use crate::bundle::{Bundle, Content, Document, Place};
use crate::node::{FieldPath, Node, Value};
use crate::origin::Origin;

pub use query::{ExplainError, Query};

/// One document's fields, and why each is what it is.
#[derive(Clone, Debug)]
pub struct Explanation<'b> {
    /// `Kind/name` of an object, else the file.
    pub title: String,
    /// The document.
    pub document: &'b Document,
    /// Its fields, in the order in which they are written.
    pub fields: Vec<Explained<'b>>,
    /// Whether these are some of its fields only, as the query asked.
    pub is_narrowed: bool,
}

impl Explanation<'_> {
    /// Why the document is there, and each of its fields that nothing more is known about.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        origin(self.document, &FieldPath::root())
    }
}

/// One field that holds no others.
#[derive(Clone, Debug)]
pub struct Explained<'b> {
    /// Where it is.
    pub path: FieldPath,
    /// What it holds.
    pub value: &'b Value,
    /// Why; nothing where nobody noted it.
    pub origin: Option<Origin>,
}

/// The documents and fields that a query asks for.
///
/// # Errors
/// When there is no such object or no such field: names the nearest.
pub fn explain<'b>(bundle: &'b Bundle, query: &Query) -> Result<Vec<Explanation<'b>>, ExplainError> {
    let all = bundle.documents.iter().filter_map(Explanation::of).collect();
    query.narrow(all)
}

impl<'b> Explanation<'b> {
    fn of(document: &'b Document) -> Option<Self> {
        let mut fields = Vec::new();
        collect(document, document.root()?, &FieldPath::root(), &mut fields);
        Some(Self { title: title(document), document, fields, is_narrowed: false })
    }
}

/// `Kind/name` of an object, else the file.
fn title(document: &Document) -> String {
    let object = match &document.content {
        Content::Object(node) => node.text_at(&["kind"]).zip(node.text_at(&["metadata", "name"])),
        Content::Buildspec(_) | Content::Text(_) => None,
    };
    object.map_or_else(|| document.file.display().to_string(), |(kind, name)| format!("{kind}/{name}"))
}

fn collect<'b>(document: &'b Document, node: &'b Node, path: &FieldPath, fields: &mut Vec<Explained<'b>>) {
    match &node.value {
        Value::Mapping(entries) if !entries.is_empty() => {
            for entry in entries {
                collect(document, &entry.node, &path.field(&entry.name), fields);
            }
        }
        Value::Sequence(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                collect(document, item, &path.index(index), fields);
            }
        }
        value => {
            fields.push(Explained { path: path.clone(), value, origin: origin(document, path) });
        }
    }
}

fn origin(document: &Document, path: &FieldPath) -> Option<Origin> {
    match document.place(path) {
        Some(Place::Rust(origin)) => Some(origin),
        Some(Place::Yaml { .. }) | None => None,
    }
}
