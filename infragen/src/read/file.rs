//! A file as documents of a bundle: objects, the items of lists, buildspecs; and what is none of these.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{ReadError, lookalike};
use crate::bundle::{Content, Document, Places};
use crate::node::{Node, Value};

/// What a file holds.
#[derive(Debug, Default)]
pub struct File {
    /// Objects, with the items of `List` objects in its place, and buildspecs.
    pub documents: Vec<Document>,
    /// How many of its documents are neither: a chart's values, a workflow, settings that are written like an object.
    pub others: usize,
    /// The files beside it that are no manifests, because they change those of others.
    pub patches: Vec<PathBuf>,
}

/// Reads a file's bytes, by the name that the user gave it.
///
/// # Errors
/// When it is no UTF-8 or no YAML; see [`super::documents`].
pub fn file(name: &Path, bytes: &[u8]) -> Result<File, ReadError> {
    let text: Arc<str> = Arc::from(decode(bytes)?);
    let mut file = File::default();
    for node in super::documents(&text)? {
        sort(node, name, &text, &mut file);
    }
    Ok(file)
}

fn sort(node: Node, name: &Path, text: &Arc<str>, file: &mut File) {
    let document = |content| Document {
        file: name.to_owned(),
        content,
        places: Places::Read { text: Arc::clone(text) },
    };
    if is_list(&node) {
        let Value::Mapping(fields) = node.value else { return };
        let items = fields.into_iter().find(|field| field.name == "items").map(|field| field.node.value);
        if let Some(Value::Sequence(items)) = items {
            items.into_iter().for_each(|item| sort(item, name, text, file));
        }
    } else if is_object(&node) {
        file.documents.push(document(Content::Object(node)));
    } else if node.get("phases").is_some() && node.get("version").is_some() {
        file.documents.push(document(Content::Buildspec(node)));
    } else {
        file.others += 1;
        let folder = name.parent().unwrap_or(Path::new(""));
        file.patches.extend(lookalike::patches(&node).map(|patch| beside(folder, patch)));
    }
}

fn is_object(node: &Node) -> bool {
    (node.get("apiVersion").is_some() || node.get("kind").is_some()) && !lookalike::is_lookalike(node)
}

/// A path that starts in this folder, without its `.` and, where that is possible, its `..`.
fn beside(folder: &Path, path: &str) -> PathBuf {
    let mut found = folder.to_owned();
    for step in Path::new(path).components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir if matches!(found.components().next_back(), Some(Component::Normal(_))) => {
                found.pop();
            }
            step => found.push(step),
        }
    }
    found
}

/// `v1` `List`, or a list of one kind such as `ConfigMapList`.
fn is_list(node: &Node) -> bool {
    node.text_at(&["kind"]).is_some_and(|kind| kind.ends_with("List"))
        && matches!(node.get("items").map(|items| &items.value), Some(Value::Sequence(_)))
}

fn decode(bytes: &[u8]) -> Result<&str, ReadError> {
    let refused = |message: &str| ReadError { place: None, message: message.to_owned() };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(refused("this is UTF-16; save it as UTF-8"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        ReadError { place: Some((line, column)), message: "this is no UTF-8, and so no YAML".to_owned() }
    })
}
