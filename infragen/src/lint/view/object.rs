//! A Kubernetes object as rules see it.

use crate::bundle::{Document, Facts};
use crate::diagnostic::ObjectName;
use crate::node::{FieldPath, Node};

/// A Kubernetes object.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    /// The document that holds it.
    pub document: &'a Document,
    /// What is known beyond the documents.
    pub facts: &'a Facts,
    /// Its root.
    pub node: &'a Node,
    /// Group and version; empty when it has none.
    pub api_version: &'a str,
    /// Its kind; empty when it has none.
    pub kind: &'a str,
    /// Its name; empty when it has none.
    pub name: &'a str,
    /// Its namespace, when it names one.
    pub namespace: Option<&'a str>,
}

impl<'a> Object<'a> {
    pub(crate) fn new(document: &'a Document, facts: &'a Facts, node: &'a Node) -> Self {
        let metadata = node.get("metadata");
        let text = |name| metadata.and_then(|metadata| metadata.text_at(&[name]));
        Self {
            document,
            facts,
            node,
            api_version: node.text_at(&["apiVersion"]).unwrap_or_default(),
            kind: node.text_at(&["kind"]).unwrap_or_default(),
            name: text("name").or_else(|| text("generateName")).unwrap_or_default(),
            namespace: text("namespace"),
        }
    }

    /// The value at the end of a chain of fields.
    #[must_use]
    pub fn at(&self, names: &[&str]) -> Option<&'a Node> {
        self.node.at(names)
    }

    /// The path of a chain of fields.
    #[must_use]
    pub fn path(&self, names: &[&str]) -> FieldPath {
        FieldPath::root().fields(names)
    }

    /// Its annotations, by name.
    pub fn annotations(&self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        self.at(&["metadata", "annotations"])
            .map_or(&[][..], Node::fields)
            .iter()
            .map(|field| (field.name.as_str(), &field.node))
    }

    /// Whether SOPS has encrypted its values: whoever applies it decrypts them first.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.at(&["sops", "mac"]).is_some()
    }

    /// Whether a name in that namespace may mean something in this object's.
    ///
    /// Where one of both names none, it does: whoever applies it says which.
    #[must_use]
    pub fn shares_namespace(&self, namespace: Option<&str>) -> bool {
        self.namespace.is_none() || namespace.is_none() || self.namespace == namespace
    }

    /// What it is called.
    #[must_use]
    pub fn object_name(&self) -> ObjectName {
        ObjectName {
            api_version: self.api_version.to_owned(),
            kind: self.kind.to_owned(),
            namespace: self.namespace.map(str::to_owned),
            name: self.name.to_owned(),
        }
    }
}
