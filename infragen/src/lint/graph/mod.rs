//! Who names whom: built once for a bundle, each part when a rule first asks for it.

mod demand;
mod keys;
mod references;
mod replicas;
mod variables;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use demand::Side;
pub use keys::Keys;
pub use references::Reference;
pub use variables::{Source, Variable};

use super::selector::Selector;
use super::view::{Object, Workload};
use crate::bundle::{Bundle, External};

/// All objects of a bundle, and what leads from one to another.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The bundle.
    pub bundle: &'a Bundle,
    objects: Vec<Object<'a>>,
    workloads: OnceLock<Vec<Workload<'a>>>,
    /// By kind, then by name.
    by_name: OnceLock<HashMap<&'a str, HashMap<&'a str, Vec<Object<'a>>>>>,
}

/// What a name leads to.
#[derive(Clone, Copy, Debug)]
pub enum Target<'g, 'a> {
    /// An object of the bundle.
    Here(&'g Object<'a>),
    /// An object that was declared to live elsewhere.
    Elsewhere(&'a External),
    /// Nothing.
    Nothing,
}

impl<'a> Graph<'a> {
    pub(super) fn new(bundle: &'a Bundle) -> Self {
        let objects =
            bundle.objects().map(|(document, node)| Object::new(document, &bundle.facts, node)).collect();
        Self { bundle, objects, workloads: OnceLock::new(), by_name: OnceLock::new() }
    }

    /// Every object.
    #[must_use]
    pub fn objects(&self) -> &[Object<'a>] {
        &self.objects
    }

    /// The objects of one kind.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Object<'a>> {
        self.objects.iter().filter(move |object| object.kind == kind)
    }

    /// Every workload.
    #[must_use]
    pub fn workloads(&self) -> &[Workload<'a>] {
        self.workloads.get_or_init(|| self.objects.iter().copied().filter_map(Workload::of).collect())
    }

    /// The object of that kind and name that `from` means.
    #[must_use]
    pub fn find(&self, from: &Object<'_>, kind: &str, name: &str) -> Option<&Object<'a>> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
            for object in &self.objects {
                by_name.entry(object.kind).or_default().entry(object.name).or_default().push(*object);
            }
            by_name
        });
        let named = by_name.get(kind)?.get(name)?;
        named.iter().find(|object| object.shares_namespace(from.namespace))
    }

    /// What `from` means by that kind and name, here or elsewhere.
    #[must_use]
    pub fn target(&self, from: &Object<'_>, kind: &str, name: &str) -> Target<'_, 'a> {
        if let Some(object) = self.find(from, kind, name) {
            return Target::Here(object);
        }
        let externals = &self.bundle.facts.externals;
        externals
            .iter()
            .find(|external| external.kind == kind && external.name == name)
            .map_or(Target::Nothing, Target::Elsewhere)
    }

    /// The workload of that kind and name.
    #[must_use]
    pub fn workload(&self, kind: &str, name: &str) -> Option<&Workload<'a>> {
        self.workloads().iter().find(|workload| workload.kind == kind && workload.name == name)
    }

    /// The workloads in the namespace of `from` whose Pods the selector takes.
    pub fn selected<'g>(
        &'g self,
        from: &'g Object<'_>,
        selector: Selector<'g>,
    ) -> impl Iterator<Item = &'g Workload<'a>> {
        self.workloads().iter().filter(move |workload| {
            workload.shares_namespace(from.namespace) && selector.takes(workload.pod_labels())
        })
    }
}
