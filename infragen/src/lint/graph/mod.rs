//! Who names whom: built once for a bundle, each part when a rule first asks for it.

mod claims;
mod demand;
mod ingresses;
mod keys;
mod monitors;
mod policies;
mod ports;
mod references;
mod replicas;
mod selected;
mod uses;
mod variables;
mod world;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use demand::Side;
pub use ingresses::{Backend, Route};
pub use keys::Keys;
pub use policies::PolicyRule;
pub use ports::{Listener, PortTarget, ServicePort};
pub use references::Reference;
pub use uses::{Config, Uses};
pub use variables::{Source, Variable};

use super::selector::Selector;
use super::view::{Object, Workload};
use crate::bundle::{Bundle, External};
use crate::node::Node;

/// All objects of a bundle, and what leads from one to another.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The bundle.
    pub bundle: &'a Bundle,
    objects: Vec<Object<'a>>,
    /// Indices of objects, by kind.
    by_kind: OnceLock<HashMap<&'a str, Vec<u32>>>,
    workloads: OnceLock<Vec<Workload<'a>>>,
    /// Indices of workloads by a label of their Pods, then by its value.
    by_label: OnceLock<HashMap<&'a str, HashMap<&'a str, Vec<usize>>>>,
    /// Indices of objects, by kind and name, and among these in their order.
    by_name: OnceLock<Box<[u32]>>,
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
        let mut objects = Vec::with_capacity(bundle.objects().count());
        objects.extend(bundle.objects().map(|(document, node)| Object::new(document, &bundle.facts, node)));
        Self {
            bundle,
            objects,
            by_kind: OnceLock::new(),
            workloads: OnceLock::new(),
            by_label: OnceLock::new(),
            by_name: OnceLock::new(),
        }
    }

    /// Every object.
    #[must_use]
    pub fn objects(&self) -> &[Object<'a>] {
        &self.objects
    }

    /// The objects of one kind.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Object<'a>> {
        let by_kind = self.by_kind.get_or_init(|| {
            let mut by_kind: HashMap<_, Vec<_>> = HashMap::new();
            for (object, index) in self.objects.iter().zip(0..) {
                by_kind.entry(object.kind).or_default().push(index);
            }
            by_kind
        });
        by_kind.get(kind).into_iter().flatten().map(|index| &self.objects[*index as usize])
    }

    /// Every workload.
    #[must_use]
    pub fn workloads(&self) -> &[Workload<'a>] {
        self.workloads.get_or_init(|| self.objects.iter().copied().filter_map(Workload::of).collect())
    }

    /// The object of that kind and name that `from` means.
    #[must_use]
    pub fn find(&self, from: &Object<'_>, kind: &str, name: &str) -> Option<&Object<'a>> {
        let key = |index: &u32| {
            let object = &self.objects[*index as usize];
            (object.kind, object.name)
        };
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: Box<[u32]> = self.objects.iter().zip(0..).map(|(_, index)| index).collect();
            by_name.sort_by_key(key);
            by_name
        });
        let first = by_name.partition_point(|index| key(index) < (kind, name));
        let named = by_name[first..].iter().take_while(|index| key(index) == (kind, name));
        named
            .map(|index| &self.objects[*index as usize])
            .find(|object| object.shares_namespace(from.namespace))
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
    pub fn workload(&self, kind: &str, name: &str) -> Option<Workload<'a>> {
        self.of_kind(kind).find(|object| object.name == name).copied().and_then(Workload::of)
    }

    /// The workloads in the namespace of `from` whose Pods the selector takes.
    #[must_use]
    pub fn selected(&self, from: &Object<'_>, selector: Selector<'_>) -> Vec<&Workload<'a>> {
        let is_taken = |workload: &&Workload<'a>| {
            workload.shares_namespace(from.namespace) && selector.takes(workload.pod_labels())
        };
        match selector.first_equal() {
            Some((name, value)) => self.labelled(name, value).filter(is_taken).collect(),
            None => self.workloads().iter().filter(is_taken).collect(),
        }
    }

    /// The workloads whose Pods have this label.
    pub fn labelled(&self, name: &str, value: &str) -> impl Iterator<Item = &Workload<'a>> {
        let by_label = self.by_label.get_or_init(|| {
            let mut by_label: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
            for (index, workload) in self.workloads().iter().enumerate() {
                for label in workload.pod_labels().map_or(&[][..], Node::fields) {
                    let value = label.node.as_str().unwrap_or_default();
                    by_label.entry(label.name.as_str()).or_default().entry(value).or_default().push(index);
                }
            }
            by_label
        });
        let indices = by_label.get(name).and_then(|by_value| by_value.get(value)).into_iter().flatten();
        indices.map(|index| &self.workloads()[*index])
    }
}
