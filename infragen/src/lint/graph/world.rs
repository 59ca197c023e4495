//! How much of the world a bundle shows: what may be missing because it lives elsewhere, what belongs together.

use super::Graph;
use crate::lint::view::Object;

impl<'a> Graph<'a> {
    /// Whether the bundle is an environment, which says of all that it needs where it lives.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.bundle.environment.is_some()
    }

    /// Whether two objects are meant to live beside each other: in one environment, or in one folder.
    ///
    /// A tree of examples or overlays has the same names and labels in each of its folders.
    #[must_use]
    pub fn applied_together(&self, one: &Object<'_>, other: &Object<'_>) -> bool {
        self.is_complete() || one.document.file.parent() == other.document.file.parent()
    }

    /// Whether both are in one namespace and are meant to live beside each other.
    #[must_use]
    pub fn are_neighbours(&self, one: &Object<'_>, other: &Object<'_>) -> bool {
        one.namespace == other.namespace && self.applied_together(one, other)
    }

    /// Whether the bundle shows what runs in the object's namespace; a policy alone in a file says nothing of that.
    #[must_use]
    pub fn shows_pods_beside(&self, object: &Object<'_>) -> bool {
        self.is_complete()
            || self.workloads().iter().any(|workload| {
                workload.shares_namespace(object.namespace) && self.applied_together(workload, object)
            })
    }

    /// Whether the bundle says which objects of a kind there are: it holds some, or names some that live elsewhere.
    #[must_use]
    pub fn lists(&self, kind: &str) -> bool {
        self.of_kind(kind).next().is_some()
            || self.bundle.facts.externals.iter().any(|external| external.kind == kind)
    }
}

impl Object<'_> {
    /// Whether its API group is this one; an object without an `apiVersion` is taken for what its kind says.
    #[must_use]
    pub fn is_in_group(&self, group: &str) -> bool {
        self.api_version.is_empty()
            || self.api_version.rsplit_once('/').map_or("", |(group, _)| group) == group
    }

    /// Whether both are one object, perhaps in two versions of it.
    #[must_use]
    pub fn is_same(&self, other: &Object<'_>) -> bool {
        self.kind == other.kind && self.name == other.name && self.namespace == other.namespace
    }
}
