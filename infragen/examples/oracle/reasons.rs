//! Why some of what the API server refuses is not caught.

/// What the server says or was asked, and the reason.
const REASONS: [(&str, &str); 8] = [
    ("not found", "It depends on what the cluster has"),
    ("already exists", "It depends on what the cluster has"),
    ("Duplicate value: \"IP", "It depends on what the cluster has"),
    ("provided IP is not in the valid range", "It depends on the cluster's network"),
    ("provided port is not in the valid range", "It depends on the cluster's network"),
    ("not configured on this cluster", "It depends on the cluster's network"),
    ("priority class", "It depends on what the cluster has"),
    ("forbidden", "A plugin of the cluster refuses it"),
];

/// The reason for a change with this answer.
pub(crate) fn of(change: &str, answer: &str) -> &'static str {
    let found = REASONS.iter().find(|(part, _)| answer.contains(part) || change.contains(part));
    found.map_or("No rule knows it yet", |(_, reason)| *reason)
}
