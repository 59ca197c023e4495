//! API versions that came and went.

use super::table::{TABLE, TextId, some};

/// When an API version of a kind is deprecated and gone, as Kubernetes announced it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifecycle {
    /// The kind.
    pub kind: &'static str,
    /// The API version.
    pub api_version: &'static str,
    /// The minor version since which the API server warns of it.
    pub deprecated: Option<u32>,
    /// The minor version that serves it no more.
    pub removed: Option<u32>,
    /// API version and kind of what replaces it.
    pub replacement: Option<(&'static str, &'static str)>,
}

impl Lifecycle {
    /// All of them, by kind and API version.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.lifecycles.iter().map(|[kind, api_version, deprecated, removed, by_version, by_kind]| Self {
            kind: TABLE.text(TextId::new(kind)),
            api_version: TABLE.text(TextId::new(api_version)),
            deprecated: some(deprecated).map(u32::from),
            removed: some(removed).map(u32::from),
            replacement: TextId::some(by_version)
                .zip(TextId::some(by_kind))
                .map(|(version, kind)| (TABLE.text(version), TABLE.text(kind))),
        })
    }

    /// What is known of a kind in an API version; nothing is of those that stay.
    #[must_use]
    pub fn find(api_version: &str, kind: &str) -> Option<Self> {
        let is_it = |life: &Self| life.kind == kind && life.api_version == api_version;
        // Versions that stay are not in the list; the others are few, and seldom asked for.
        let may_go = api_version.contains("alpha") || api_version.contains("beta");
        may_go.then(|| Self::all().find(is_it)).flatten()
    }
}
