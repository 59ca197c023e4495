//! Diagnostics for people and for programs, and differences as people read them. One file a format.

mod diff;
mod format;
mod github;
mod human;
mod json;
mod junit;
mod rules_manual;
mod sarif;
mod whereabouts;

pub use diff::diff;
pub use format::Format;
pub use github::github;
pub use human::human;
pub use json::{json, json_schema};
pub use junit::junit;
pub use rules_manual::rules_manual;
pub use sarif::sarif;

use crate::diagnostic::Diagnostic;

/// What a finding is about, such as `Deployment/web spec.template.spec`.
fn subject(diagnostic: &Diagnostic) -> String {
    let object = diagnostic.object.as_ref().map(ToString::to_string);
    let path = Some(diagnostic.path.to_string()).filter(|path| !path.is_empty());
    [object, path].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The colours of everything that is printed, or none.
#[derive(Clone, Copy, Debug)]
struct Palette {
    is_on: bool,
}

impl Palette {
    /// Wraps the text in a style.
    fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.is_on { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
