//! The layout of an environment's folder, before anything is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{json, yaml};
use crate::bundle::{Content, Document};
use crate::lint::CheckedBundle;
use crate::node::{Field, List, Node, Value};

/// The file that names all others, so that the next run knows which are infragen's to replace.
pub(super) const LISTING: &str = ".infragen";

/// How objects are written. Buildspecs are YAML always, as CodeBuild wants them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// YAML, with a line on top that says who wrote it.
    #[default]
    Yaml,
    /// JSON.
    Json,
}

/// The files of one environment, by their path below its folder. Only [`plan`] makes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub(super) BTreeMap<PathBuf, Vec<u8>>);

impl Files {
    /// The files, in the order in which they are applied.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }

    /// The Kubernetes objects of some environments for `kubectl apply -f -`: a stream of YAML, or one JSON `List`.
    #[must_use]
    pub fn stream(bundles: &[CheckedBundle], format: Format) -> String {
        let objects = bundles.iter().flat_map(|bundle| bundle.bundle().objects()).map(|(_, object)| object);
        match format {
            Format::Yaml => objects.map(yaml).collect::<Vec<_>>().join("---\n"),
            Format::Json => json(&list(objects.cloned().collect())),
        }
    }
}

/// The object that holds objects.
fn list(objects: Vec<Node>) -> Node {
    let field = |name: &str, value| Field::new(name, Node::new(value));
    Node::new(Value::Mapping(List::from_iter([
        field("apiVersion", Value::String("v1".into())),
        field("kind", Value::String("List".into())),
        field("items", Value::Sequence(objects.into())),
    ])))
}

/// Lays out the files of an environment.
#[must_use]
pub fn plan(bundle: &CheckedBundle, format: Format) -> Files {
    let bundle = bundle.bundle();
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    for document in &bundle.documents {
        let (path, body) = laid_out(document, format);
        match texts.get_mut(&path) {
            Some(text) if is_yaml(&path) => {
                text.push_str("---\n");
                text.push_str(&body);
            }
            Some(text) => text.push_str(&body),
            None => {
                let header =
                    bundle.environment.as_deref().map(|name| header(&path, name)).unwrap_or_default();
                texts.insert(path, header + &body);
            }
        }
    }
    let mut listing = "# What infragen wrote here. It replaces these files, and no others.\n".to_owned();
    for path in texts.keys() {
        let _ = writeln!(listing, "{}", path.display());
    }
    texts.insert(LISTING.into(), listing);
    Files(texts.into_iter().map(|(path, text)| (path, text.into_bytes())).collect())
}

fn laid_out(document: &Document, format: Format) -> (PathBuf, String) {
    match &document.content {
        Content::Object(node) if format == Format::Json => (document.file.with_extension("json"), json(node)),
        Content::Object(node) | Content::Buildspec(node) => (document.file.clone(), yaml(node)),
        Content::Text(text) => (document.file.clone(), text.clone()),
    }
}

fn header(path: &Path, environment: &str) -> String {
    let words = format!(
        "Rendered by infragen from {environment}; do not edit: change environments/ and run `infragen render {environment}`."
    );
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("yaml" | "yml") => format!("# {words}\n"),
        Some("md") => format!("<!-- {words} -->\n"),
        _ => String::new(),
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}
