//! What the two controls of seccomp profiles share.

use super::{Pod, SecurityContext};
use crate::lint::findings::Findings;

/// What a security context says about its seccomp profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Profile<'a> {
    /// Nothing.
    Unset,
    /// One that filters system calls.
    Filtering,
    /// Any other, by its type.
    Other(&'a str),
}

impl<'a> Profile<'a> {
    pub(in crate::lint) fn of(context: &SecurityContext<'a>) -> Self {
        let Some(profile) = context.at(&["seccompProfile"]) else { return Self::Unset };
        match profile.text_at(&["type"]).unwrap_or_default() {
            "RuntimeDefault" | "Localhost" => Self::Filtering,
            other => Self::Other(other),
        }
    }
}

/// Reports the profiles that are set and filter nothing.
pub(in crate::lint) fn report_unconfined(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for context in pod.security_contexts() {
        if let Profile::Other(name) = Profile::of(&context) {
            findings
                .report(
                    context.path(&["seccompProfile", "type"]),
                    format!("{context} has the seccomp profile `{name}`"),
                )
                .help("set `seccompProfile.type: RuntimeDefault`");
        }
    }
}
