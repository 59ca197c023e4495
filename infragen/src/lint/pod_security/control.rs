//! When a control of the standards looks at a Pod.

use std::cmp::Reverse;

use super::{Level, Pod, Policy, Version};
use crate::diagnostic::Severity;
use crate::lint::findings::Findings;
use crate::lint::view::Workload;

/// When a control of the standards looks at a Pod, and how much it then weighs.
#[derive(Clone, Copy, Debug)]
pub struct Control {
    level: Level,
    since: Version,
    /// Since when the level `restricted` has a stricter control in this one's place.
    replaced_since: Option<Version>,
    is_advice: bool,
}

impl Control {
    /// Of the level `baseline`, and so of `restricted` too, since the first version.
    #[must_use]
    pub const fn baseline() -> Self {
        Self { level: Level::Baseline, since: Version::minor(0), replaced_since: None, is_advice: false }
    }

    /// Of the level `restricted`, since the first version.
    #[must_use]
    pub const fn restricted() -> Self {
        Self { level: Level::Restricted, ..Self::baseline() }
    }

    /// Since Kubernetes 1 with this minor version.
    #[must_use]
    pub const fn since(self, minor: u32) -> Self {
        Self { since: Version::minor(minor), ..self }
    }

    /// From this minor version on another control stands in this one's place in the level `restricted`.
    #[must_use]
    pub const fn replaced_in_restricted_since(self, minor: u32) -> Self {
        Self { replaced_since: Some(Version::minor(minor)), ..self }
    }

    /// Where no policy demands it, it is advice: it looks there too, and warns.
    #[must_use]
    pub const fn advised_elsewhere(self) -> Self {
        Self { is_advice: true, ..self }
    }

    /// Whether a policy demands it.
    #[must_use]
    pub fn is_demanded_by(self, policy: Policy) -> bool {
        let is_replaced = policy.level == Level::Restricted
            && self.replaced_since.is_some_and(|replaced| policy.version >= replaced);
        policy.level >= self.level && policy.version >= self.since && !is_replaced
    }

    /// Looks at a workload under each policy, first where what it finds weighs most.
    pub(in crate::lint) fn judge(
        self,
        workload: Workload<'_>,
        policies: &[Policy],
        look: fn(&Pod<'_>, &mut Findings<'_>),
        findings: &mut Findings<'_>,
    ) {
        let weigh = |policy: &Policy| Some((self.weight(*policy)?, policy.version));
        let mut weighed: Vec<_> = policies.iter().filter_map(weigh).collect();
        weighed.sort_by_key(|(weight, _)| Reverse(*weight));
        for (weight, version) in weighed {
            look(&Pod::new(workload, version), &mut findings.at_most(weight));
        }
    }

    /// How much its findings weigh at most under a policy; nothing where it does not look.
    fn weight(self, policy: Policy) -> Option<Severity> {
        if self.is_demanded_by(policy) {
            return Some(Severity::Error);
        }
        self.is_advice.then_some(Severity::Warning)
    }
}
