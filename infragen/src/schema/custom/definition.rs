//! A CustomResourceDefinition: the kind that it makes, its versions, and what each asks of an object.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use thiserror::Error;

use super::super::fault::{Defect, Fault};
use super::super::version::Version;
use super::check;
use super::expression::Expression;
use super::shape::Shape;
use crate::bundle::Document;
use crate::node::{FieldPath, Node};

/// The kinds that somebody defines, by group and name.
#[derive(Clone, Debug, Default)]
pub struct Definitions(HashMap<(String, String), Vec<Arc<Definition>>>);

/// One definition.
pub struct Definition {
    /// Where it stands.
    pub document: Document,
    /// Such as `cert-manager.io`.
    pub group: String,
    /// Such as `Certificate`.
    pub kind: String,
    /// Whether its objects are in a namespace.
    pub is_namespaced: bool,
    versions: Vec<Served>,
}

/// One version of a kind.
pub(super) struct Served {
    pub(super) name: String,
    pub(super) is_served: bool,
    pub(super) is_deprecated: bool,
    pub(super) warning: Option<String>,
    pub(super) has_status: bool,
    path: FieldPath,
    shape: OnceLock<Shape>,
}

/// Why a CustomResourceDefinition defines nothing.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{path}`: {reason}")]
pub struct DefinitionError {
    /// The field that is wrong.
    pub path: FieldPath,
    /// What is wrong with it.
    pub reason: String,
}

/// A rule or a pattern that could not be applied, and so was passed over.
#[derive(Clone, Debug)]
pub struct PassedOver<'d> {
    /// Where it stands in its definition.
    pub path: FieldPath,
    /// Its text.
    pub source: &'d str,
    /// Why.
    pub reason: &'d str,
}

impl Definitions {
    /// Whether an object is a CustomResourceDefinition.
    #[must_use]
    pub fn is_one(object: &Node) -> bool {
        object.text_at(&["kind"]) == Some("CustomResourceDefinition")
            && object.text_at(&["apiVersion"]).is_some_and(|one| one.starts_with("apiextensions.k8s.io/"))
    }

    /// Adds a definition, beside others of the same kind: people keep copies, and definitions of several releases.
    ///
    /// # Errors
    /// When it lacks what makes it one.
    pub fn add(&mut self, document: Document) -> Result<(), DefinitionError> {
        let definition = Definition::read(document)?;
        let of_kind = self.0.entry((definition.group.clone(), definition.kind.clone())).or_default();
        of_kind.push(Arc::new(definition));
        Ok(())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The definitions of a kind.
    #[must_use]
    pub fn find(&self, api_version: &str, kind: &str) -> &[Arc<Definition>] {
        let of_group = |group: &str| self.0.get(&(group.to_owned(), kind.to_owned()));
        let group = api_version.split_once('/').filter(|_| !self.0.is_empty());
        group.and_then(|(group, _)| of_group(group)).map_or(&[], Vec::as_slice)
    }

    /// What is wrong with an object in the eyes of the definition that suits it best; nothing, if its kind has none.
    ///
    /// Which of several a cluster has, nobody knows: one that takes the object is enough.
    #[must_use]
    pub fn check<'a>(&'a self, object: &'a Node, servers: &[Version]) -> Option<Vec<Fault<'a>>> {
        let text = |field| object.text_at(&[field]).unwrap_or_default();
        let mut best: Option<Vec<Fault<'a>>> = None;
        for definition in self.find(text("apiVersion"), text("kind")) {
            let faults = definition.check(object, servers);
            // One that does not know the version says nothing of the rest.
            let weight = |faults: &[Fault<'_>]| {
                let is_unserved = faults.iter().any(|fault| matches!(fault.defect, Defect::NotServed { .. }));
                (is_unserved, faults.len())
            };
            if best.as_deref().is_none_or(|best| weight(&faults) <= weight(best)) {
                best = Some(faults);
            }
            if best.as_deref().is_some_and(<[_]>::is_empty) {
                break;
            }
        }
        best
    }

    /// All of them, by group and kind.
    #[must_use]
    pub fn all(&self) -> Vec<&Definition> {
        let mut all: Vec<_> = self.0.values().flatten().map(Arc::as_ref).collect();
        all.sort_by(|one, other| (&one.group, &one.kind).cmp(&(&other.group, &other.kind)));
        all
    }
}

impl Definition {
    fn read(document: Document) -> Result<Self, DefinitionError> {
        let wrong = |path: &[&str], reason: &str| DefinitionError {
            path: FieldPath::root().fields(path),
            reason: reason.to_owned(),
        };
        let Some(root) = document.root() else { return Err(wrong(&[], "this is no object")) };
        if root.text_at(&["apiVersion"]) != Some("apiextensions.k8s.io/v1") {
            return Err(wrong(
                &["apiVersion"],
                "only `apiextensions.k8s.io/v1` is read; no cluster takes another",
            ));
        }
        let text = |path: &[&str]| {
            let text = root.text_at(path).filter(|text| !text.is_empty()).map(str::to_owned);
            text.ok_or_else(|| wrong(path, "this is missing, or no text"))
        };
        let (group, kind) = (text(&["spec", "group"])?, text(&["spec", "names", "kind"])?);
        let is_namespaced = match text(&["spec", "scope"])?.as_str() {
            "Namespaced" => true,
            "Cluster" => false,
            _ => return Err(wrong(&["spec", "scope"], "this is neither `Namespaced` nor `Cluster`")),
        };
        let path = FieldPath::root().fields(&["spec", "versions"]);
        let versions = root.at(&["spec", "versions"]).map_or(&[][..], Node::items).iter().enumerate();
        let versions = versions.map(|(index, node)| Served::read(node, path.index(index)));
        let versions = versions.collect::<Result<Vec<_>, _>>()?;
        if versions.is_empty() {
            return Err(wrong(&["spec", "versions"], "there is no version"));
        }
        Ok(Self { group, kind, is_namespaced, versions, document })
    }

    /// The API versions that are served, such as `cert-manager.io/v1`, in the order of the definition.
    pub fn served(&self) -> impl Iterator<Item = String> {
        let served = self.versions.iter().filter(|version| version.is_served);
        served.map(|version| format!("{}/{}", self.group, version.name))
    }

    /// What is wrong with an object of this kind, which is the same in all of these versions of Kubernetes.
    #[must_use]
    pub fn check<'a>(&'a self, object: &'a Node, servers: &[Version]) -> Vec<Fault<'a>> {
        check::object(self, object, servers)
    }

    /// The rules and patterns that objects were to be judged by so far, and were not.
    #[must_use]
    pub fn passed_over(&self) -> Vec<PassedOver<'_>> {
        let mut passed_over = Vec::new();
        for version in &self.versions {
            let Some(shape) = version.shape.get() else { continue };
            let (mut expressions, mut patterns) = (Vec::new(), Vec::new());
            shape.expressions(&mut expressions);
            passed_over.extend(expressions.into_iter().filter_map(Expression::passed_over));
            shape.patterns(&mut patterns);
            let unread = patterns.into_iter().filter(|pattern| pattern.was_passed_over());
            passed_over.extend(unread.map(|pattern| PassedOver {
                path: version.path.clone(),
                source: &pattern.source,
                reason: "the pattern cannot be read here",
            }));
        }
        passed_over
    }

    pub(super) fn version(&self, name: &str) -> Option<&Served> {
        self.versions.iter().find(|version| version.name == name)
    }

    /// What an object of a version must be; nothing is known of a version without a schema.
    pub(super) fn shape<'d>(&'d self, version: &'d Served) -> &'d Shape {
        version.shape.get_or_init(|| {
            let path = version.path.fields(&["schema", "openAPIV3Schema"]);
            let schema = self.document.root().and_then(|root| root.at_path(&path));
            schema.map_or_else(
                || Shape { keeps_unknown: true, ..Shape::default() },
                |schema| Shape::read(schema, &path),
            )
        })
    }
}

impl Served {
    fn read(node: &Node, path: FieldPath) -> Result<Self, DefinitionError> {
        let truth = |name: &str| node.get(name).and_then(Node::as_bool) == Some(true);
        let Some(name) = node.text_at(&["name"]) else {
            return Err(DefinitionError {
                path: path.field("name"),
                reason: "this is missing, or no text".to_owned(),
            });
        };
        Ok(Self {
            name: name.to_owned(),
            is_served: truth("served"),
            is_deprecated: truth("deprecated"),
            warning: node.text_at(&["deprecationWarning"]).map(str::to_owned),
            has_status: node.at(&["subresources", "status"]).is_some(),
            path,
            shape: OnceLock::new(),
        })
    }
}

impl fmt::Debug for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Definition({}.{})", self.kind, self.group)
    }
}
