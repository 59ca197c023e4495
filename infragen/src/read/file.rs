//! A file as documents of a bundle: objects, the items of lists, buildspecs; and what is none of these.

use std::path::Path;
use std::sync::Arc;

use super::documents::Documents;
use super::kustomization::Kustomization;
use super::{ReadError, lookalike};
use crate::bundle::{Content, Document, Places, SourceText};
use crate::node::{Node, Value};

/// What a file holds.
#[derive(Debug, Default)]
pub struct File {
    /// Objects, with the items of `List` objects in its place, and buildspecs.
    pub documents: Vec<Document>,
    /// How many of its documents are neither: a chart's values, a workflow, settings that are written like an object.
    pub others: usize,
    /// What it says of the files around it.
    pub kustomization: Option<Kustomization>,
}

/// Reads a file's bytes, by the name that the user gave it.
///
/// # Errors
/// When it is no UTF-8 or no YAML; see [`super::documents`].
pub fn file(name: &Path, bytes: &[u8]) -> Result<File, ReadError> {
    let text = decode(bytes)?;
    let mut contents = Contents::new(name, &text);
    let documents = contents.by_ref().collect::<Result<_, _>>()?;
    Ok(File { documents, others: contents.others, kustomization: contents.kustomization })
}

/// The text of a file.
///
/// # Errors
/// When it is no UTF-8, or holds what no text does.
pub fn decode(bytes: &[u8]) -> Result<Arc<SourceText>, ReadError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(ReadError { place: None, message: "this is UTF-16; save it as UTF-8".to_owned() });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| refused(bytes, error.valid_up_to(), "this is no UTF-8, and so no YAML"))?;
    // To the parser, it is the end of the text.
    match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => Err(refused(bytes, at, "there is a NUL byte, which no YAML has")),
        None => Ok(Arc::new(text.into())),
    }
}

fn refused(bytes: &[u8], at: usize, message: &str) -> ReadError {
    let before = &bytes[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    ReadError { place: Some((line, column)), message: message.to_owned() }
}

/// The documents of a file, read one by one: objects, the items of lists in their place, and buildspecs.
pub struct Contents<'t> {
    name: &'t Path,
    text: &'t Arc<SourceText>,
    nodes: Documents<'t>,
    /// Whether a directive of a patch stands somewhere in the text.
    has_directive: bool,
    /// The items of a list, last first.
    ready: Vec<Document>,
    /// How many documents so far were none of these.
    pub others: usize,
    /// What one of these says of the files around it.
    pub kustomization: Option<Kustomization>,
}

impl<'t> Contents<'t> {
    /// Begins to read.
    #[must_use]
    pub fn new(name: &'t Path, text: &'t Arc<SourceText>) -> Self {
        Self {
            name,
            text,
            nodes: Documents::new(text),
            has_directive: text.contains(lookalike::DIRECTIVE),
            ready: Vec::new(),
            others: 0,
            kustomization: None,
        }
    }

    fn sort(&mut self, node: Node) {
        if is_list(&node) {
            let Value::Mapping(fields) = node.value else { return };
            let items = fields.iter().find(|field| field.name == "items").map(|field| field.node.items());
            items.unwrap_or_default().iter().rev().for_each(|item| self.sort(item.clone()));
        } else if is_object(&node) && !(self.has_directive && lookalike::is_patch(&node)) {
            self.ready(Content::Object(node));
        } else if is_buildspec(&node, self.name) {
            self.ready(Content::Buildspec(node));
        } else {
            self.others += 1;
            self.kustomization = Kustomization::read(&node, self.name).or(self.kustomization.take());
        }
    }

    fn ready(&mut self, content: Content) {
        let places = Places::Read { text: Arc::clone(self.text) };
        self.ready.push(Document { file: self.name.to_owned(), content, places });
    }
}

impl Iterator for Contents<'_> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.ready.pop() {
                return Some(Ok(document));
            }
            match self.nodes.next()? {
                Ok(node) => self.sort(node),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn is_object(node: &Node) -> bool {
    (node.get("apiVersion").is_some() || node.get("kind").is_some()) && !lookalike::is_lookalike(node)
}

/// Two of its marks, or one and a name such as `buildspec.yml`; so that one is told which has no `version`, or whose
/// phases are indented too little.
fn is_buildspec(node: &Node, name: &Path) -> bool {
    let has_version = node.get("version").is_some_and(|version| match &version.value {
        Value::Float(number) => *number < 1.0,
        Value::String(text) => text.starts_with("0."),
        _ => false,
    });
    let has_phases = node.get("phases").is_some()
        || ["install", "pre_build", "build", "post_build"]
            .iter()
            .any(|phase| node.at(&[phase, "commands"]).is_some());
    let has_name = name.file_name().is_some_and(|name| name.to_string_lossy().contains("buildspec"));
    [has_version, has_phases, has_name].into_iter().filter(|mark| *mark).count() >= 2
}

/// `v1` `List`, or a list of one kind such as `ConfigMapList`; Go writes one that holds nothing as `items: null`.
fn is_list(node: &Node) -> bool {
    node.text_at(&["kind"]).is_some_and(|kind| kind.ends_with("List"))
        && matches!(node.get("items").map(|items| &items.value), Some(Value::Sequence(_) | Value::Null))
}
