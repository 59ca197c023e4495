//! Which rules run.

use super::Rule;

/// Which rules run. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The names of the only rules to run; all, when absent.
    pub select: Option<Vec<String>>,
    /// The names of rules to leave out.
    pub ignore: Vec<String>,
}

impl Options {
    /// Runs one rule and no other.
    #[must_use]
    pub fn only(rule: &Rule) -> Self {
        Self { select: Some(vec![rule.id.to_owned()]), ignore: Vec::new() }
    }

    /// Whether the rule runs.
    #[must_use]
    pub fn selects(&self, rule: &Rule) -> bool {
        let names = |names: &[String]| names.iter().any(|name| name == rule.id);
        self.select.as_deref().is_none_or(names) && !names(&self.ignore)
    }

    /// The same, but with every rule that is on by default.
    pub(super) fn without_omissions(&self) -> Self {
        Self::default()
    }
}
