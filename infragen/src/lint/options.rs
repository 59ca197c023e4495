//! Which rules run, and against what.

use std::collections::BTreeMap;

use super::pod_security::Level;
use super::{Rule, Runs};
use crate::diagnostic::Severity;
use crate::schema::custom::Definitions;

/// Which rules run, and against what. The default is all that run by default, against the version that the bundle's facts name.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The names of the only rules to run; all that run by default, when absent.
    pub select: Option<Vec<String>>,
    /// The names of rules to run besides those that run by default.
    pub optional: Vec<String>,
    /// The names of rules to leave out.
    pub ignore: Vec<String>,
    /// The severity of single rules' findings, in place of their own.
    pub severities: BTreeMap<String, Severity>,
    /// The minor versions of Kubernetes to check against, such as `(1, 34)`; none for that of the bundle's facts, or else
    /// the newest that is known.
    pub kubernetes: Vec<(u32, u32)>,
    /// The kinds of somebody's own definitions that need no schema: `Certificate`, or `Certificate.cert-manager.io`.
    pub allowed_kinds: Vec<String>,
    /// The definitions of somebody's own kinds, besides those that stand among the documents.
    pub definitions: Definitions,
    /// The Pod Security level that every Pod is held to; when absent, what the labels of its Namespace enforce.
    pub pod_security: Option<Level>,
}

impl Options {
    /// Runs one rule and no other.
    #[must_use]
    pub fn only(rule: &Rule) -> Self {
        Self { select: Some(vec![rule.id.to_owned()]), ..Self::default() }
    }

    /// Whether the rule runs.
    #[must_use]
    pub fn selects(&self, rule: &Rule) -> bool {
        let names = |names: &[String]| names.iter().any(|name| name == rule.id);
        let is_meant = match &self.select {
            Some(only) => names(only),
            None => rule.runs == Runs::ByDefault || names(&self.optional),
        };
        is_meant && !names(&self.ignore)
    }

    /// The same, but with every rule that is on by default.
    pub(super) fn without_omissions(&self) -> Self {
        Self { select: None, ignore: Vec::new(), severities: BTreeMap::new(), ..self.clone() }
    }
}
