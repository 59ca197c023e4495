//! Why some of what the API server refuses is not caught.

const STATE: &str = "It depends on what the cluster has";
const NULL: &str = "An amount that is null is zero to the server; nobody writes it";

/// What the server says or was asked, and the reason.
const REASONS: [(&str, &str); 11] = [
    ("no PriorityClass with name", STATE),
    ("error looking up service account", STATE),
    ("is not in the valid range", STATE),
    ("already allocated", STATE),
    ("not configured on this cluster", STATE),
    ("estimated rule cost", "The cost of a definition's rules is not estimated here"),
    ("x-kubernetes-validations", "The types in a definition's rules are not looked at here"),
    ("compile error", "The types in a definition's rules are not looked at here"),
    ("valid regular expression", "Go's regular expressions are not read here"),
    ("\"99999999Gi\": must be an integer", "The server's arithmetic overflows"),
    ("= null", NULL),
];

/// The reason for a change with this answer.
pub(crate) fn of(change: &str, answer: &str) -> &'static str {
    let found = REASONS.iter().find(|(part, _)| answer.contains(part) || change.contains(part));
    found.map_or("No rule knows it yet", |(_, reason)| *reason)
}
