//! Manifests of the team's own: Tera templates whose output is parsed and checked like all else.

use std::collections::BTreeMap;

use crate::origin::Origin;

/// A manifest written as a Tera template.
#[derive(Clone, Debug)]
pub struct ExtraManifest {
    pub(crate) name: String,
    pub(crate) template: String,
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) origin: Origin,
}

impl ExtraManifest {
    /// A template by the name that diagnostics use and its text: `ExtraManifest::new("monitor.yaml.tera", include_str!("…"))`.
    ///
    /// It may name `environment`, `namespace`, `account`, `region`, `cluster`, `labels`, and the values given.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Into<String>, template: impl Into<String>) -> Self {
        Self { name: name.into(), template: template.into(), values: BTreeMap::new(), origin: Origin::here() }
    }

    /// A value that the template names.
    #[must_use]
    pub fn value(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.values.insert(name.into(), value.to_string());
        self
    }
}
