//! The kinds that a cluster has without anybody's help.

use super::definition::DefinitionId;
use super::lifecycle::Lifecycle;
use super::table::{TABLE, TextId};
use super::version::Version;

/// A kind in one API version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    name: TextId,
    api_version: TextId,
    definition: u16,
    versions: u16,
    flags: u16,
}

/// All of them, of all versions, by name and API version.
pub fn kinds() -> impl Iterator<Item = Kind> {
    TABLE.kinds.iter().map(Kind::of)
}

/// Whether Kubernetes itself has, or had, a group of this name, or nobody else may have it.
#[must_use]
pub fn is_own_group(group: &str) -> bool {
    let is_known =
        || kinds().map(|kind| kind.api_version()).chain(Lifecycle::all().map(|life| life.api_version));
    !group.contains('.') || (group.ends_with(".k8s.io") && is_known().any(|known| group_of(known) == group))
}

/// Whether a kind is one that somebody defines, and not Kubernetes.
#[must_use]
pub fn is_somebodys(api_version: &str, name: &str) -> bool {
    let group = group_of(api_version);
    group.contains('.')
        && (!group.ends_with(".k8s.io") || (Kind::find(api_version, name).is_none() && !is_own_group(group)))
}

/// The group of `group/version`; empty for `v1`.
#[must_use]
pub(super) fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

impl Kind {
    fn of([name, api_version, definition, versions, flags]: [u16; 5]) -> Self {
        let (name, api_version) = (TextId::new(name), TextId::new(api_version));
        Self { name, api_version, definition, versions, flags }
    }

    /// The kind of this name and API version, in whatever version of Kubernetes.
    #[must_use]
    pub fn find(api_version: &str, name: &str) -> Option<Self> {
        let (mut low, mut high) = (0, TABLE.kinds.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let kind = Self::of(TABLE.kinds.row(middle));
            match (kind.name(), kind.api_version()).cmp(&(name, api_version)) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(kind),
            }
        }
        None
    }

    /// Such as `Deployment`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        TABLE.text(self.name)
    }

    /// Such as `apps/v1`.
    #[must_use]
    pub fn api_version(&self) -> &'static str {
        TABLE.text(self.api_version)
    }

    /// Whether a version serves it.
    #[must_use]
    pub const fn is_in(&self, version: Version) -> bool {
        self.versions >> version.index() & 1 == 1
    }

    /// Whether its objects are in a namespace.
    #[must_use]
    pub const fn is_namespaced(&self) -> bool {
        self.flags & 1 == 1
    }

    /// Whether it is a list of objects.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        self.flags & 2 == 2
    }

    /// What it is made of.
    #[must_use]
    pub const fn definition(&self) -> DefinitionId {
        DefinitionId::new(self.definition)
    }
}
