//! Fields that take a number or a percentage; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Fields;
use super::Where::{self, Of};

const DAEMON_SETS: &[&str] = &["DaemonSet"];
const DEPLOYMENTS: &[&str] = &["Deployment"];
const BUDGETS: &[&str] = &["PodDisruptionBudget"];

const PERCENTAGES: &[(Where, u64)] = &[
    (Of(DEPLOYMENTS, "spec.strategy.rollingUpdate.maxUnavailable"), 100),
    (Of(DEPLOYMENTS, "spec.strategy.rollingUpdate.maxSurge"), u64::MAX),
    (Of(DAEMON_SETS, "spec.updateStrategy.rollingUpdate.maxUnavailable|maxSurge"), 100),
    (Of(BUDGETS, "spec.minAvailable|maxUnavailable"), 100),
];

/// Each field with the most per cent that it takes.
pub static FIELDS: Fields<u64> = Fields::new(PERCENTAGES);

/// The number of a percentage, such as `25%`.
#[must_use]
pub fn number(text: &str) -> Option<u64> {
    let digits = text.strip_suffix('%')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}
