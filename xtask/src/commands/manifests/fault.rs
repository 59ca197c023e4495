//! Mistakes of the kind that people make, and the rule that finds each.

use std::path::PathBuf;

/// A mistake that was made.
pub(crate) struct Fault {
    pub(crate) file: PathBuf,
    pub(crate) rule: &'static str,
}

/// What is changed: a text that stands once or more, what the first becomes, and the rule that finds it.
const FAULTS: [(&str, &str, &str); 9] = [
    ("readOnlyRootFilesystem:", "readOnlyRootFileSystem:", "unknown-field"),
    ("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "privilege-escalation-allowed"),
    ("maxReplicas: ", "maxReplicas: a", "wrong-type"),
    ("    owner: ", "    owner: -", "malformed-label"),
    ("port: 80\n", "port: 80800\n", "number-out-of-range"),
    ("kind: ServiceAccount\n", "kind: ServiceAcount\n", "unknown-kind"),
    ("maxUnavailable: 1\n", "maxUnavailable: 1\n  minAvailable: 1\n", "budget-with-two-bounds"),
    ("storage: 20Gi", "storage: 20GB", "malformed-quantity"),
    ("  LOG_LEVEL: ", "  LOG_LEVEL: a\n  LOG_LEVEL: ", "not-yaml"),
];

/// Makes a mistake, another one each time; none where the file has nothing to get wrong in that way.
pub(super) fn make(text: &mut String, number: usize) -> Option<&'static str> {
    let (right, wrong, rule) = FAULTS[number % FAULTS.len()];
    let is_list = text.contains("kind: List");
    (text.contains(right) && !is_list).then(|| {
        *text = text.replacen(right, wrong, 1);
        rule
    })
}
