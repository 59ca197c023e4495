//! What a tree has that the schemas do not allow.

use super::custom::{self, Limit};
use super::definition::{Definition, DefinitionId, Type};
use super::kind::Kind;
use super::lifecycle::Lifecycle;
use super::version::Version;
use crate::node::{FieldPath, Node};

/// A place where a tree is not as it must be.
#[derive(Clone, Debug)]
pub struct Fault<'a> {
    /// The field; one that is missing, too.
    pub path: FieldPath,
    /// The versions of Kubernetes that it is a fault in, oldest first.
    pub versions: Vec<Version>,
    /// What is wrong.
    pub defect: Defect<'a>,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub enum Defect<'a> {
    /// The field is in no definition.
    UnknownField {
        /// Its name.
        name: &'a str,
        /// The definition that lacks it.
        id: DefinitionId,
        /// The fields that it has.
        definition: Definition,
    },
    /// The value is of another type.
    WrongType {
        /// What it must be.
        expected: Type,
        /// What it is.
        found: &'a Node,
    },
    /// The value is of the right type, and cannot be read as what it must mean.
    Malformed {
        /// What it must be.
        expected: Type,
        /// What it is.
        found: &'a Node,
    },
    /// The field is not there.
    Missing {
        /// Its name.
        name: &'a str,
    },
    /// There is no such kind.
    UnknownKind,
    /// The kind is somebody's own, and its definition is not known.
    NoSchema,
    /// The API version is served no more.
    Removed {
        /// What was announced, if it was.
        life: Option<Lifecycle>,
    },
    /// The API version is served, and will be no more.
    Deprecated {
        /// What was announced.
        life: Lifecycle,
    },
    /// The field is in no definition of somebody's own.
    UndeclaredField {
        /// Its name.
        name: &'a str,
        /// The fields that there are.
        known: Vec<&'a str>,
    },
    /// The value is of the right type, and its definition does not allow it.
    OutsideLimit {
        /// What the definition allows.
        limit: Limit,
        /// What it is.
        found: &'a Node,
    },
    /// A rule of the definition is not true.
    RuleBroken {
        /// The rule, in CEL.
        rule: &'a str,
        /// What the definition says about it.
        message: String,
    },
    /// The definition does not serve the version.
    NotServed {
        /// The definition.
        definition: &'a custom::Definition,
    },
    /// The definition serves the version, and advises against it.
    DeprecatedByDefinition {
        /// The definition.
        definition: &'a custom::Definition,
        /// What it says about it.
        warning: Option<&'a str>,
    },
    /// An object that belongs to the whole cluster names a namespace.
    NeedlessNamespace,
}

impl Fault<'_> {
    /// Whether both are the same, in whatever versions.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        self.path == other.path
            && std::mem::discriminant(&self.defect) == std::mem::discriminant(&other.defect)
    }
}

impl Defect<'_> {
    /// The other versions in which the definition has the field.
    #[must_use]
    pub fn known_in(name: &str, id: DefinitionId) -> Vec<Version> {
        Version::all()
            .filter(|version| id.at(*version).is_some_and(|shape| shape.field(name).is_some()))
            .collect()
    }
}

/// The name among these that looks most like another; only case may differ, or a few letters.
#[must_use]
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|known| {
            let same = known.eq_ignore_ascii_case(name);
            (if same { 1.0 } else { strsim::jaro_winkler(known, name) }, known)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

/// What to write instead of a kind that is not there: one of the same API version whose name is like it, or the same
/// kind in another API version.
#[must_use]
pub fn nearest_kind(api_version: &str, name: &str, version: Version) -> Option<Kind> {
    let served = || super::kind::kinds().filter(move |kind| kind.is_in(version));
    let same = served().filter(|kind| kind.name() == name);
    let group = super::kind::group_of(api_version);
    // The versions of a group stand in the order of their names: v1 before v1beta1, and v2 last.
    let same = same.max_by_key(|kind| {
        let version = kind.api_version();
        let is_stable = !version.contains("alpha") && !version.contains("beta");
        (super::kind::group_of(version) == group, is_stable, !version.contains("alpha"))
    });
    same.or_else(|| {
        let near = |kinds: Vec<Kind>| {
            let name = nearest(name, kinds.iter().map(Kind::name))?;
            kinds.into_iter().find(|kind| kind.name() == name)
        };
        near(served().filter(|kind| kind.api_version() == api_version).collect())
            .or_else(|| {
                near(served().filter(|kind| super::kind::group_of(kind.api_version()) == group).collect())
            })
            .or_else(|| near(served().collect()))
    })
}
