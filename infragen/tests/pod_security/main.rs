//! Pod Security Standards as the admission plugin applies them: its corpus, its versions, and where levels come from.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod corpus;
mod policies;
mod versions;

use infragen::bundle::{Bundle, Content, Document};
use infragen::diagnostic::{Category, Diagnostic, Severity};
use infragen::lint::{self, Options};
use infragen::read;

fn bundle(yaml: &str) -> Bundle {
    let nodes = read::objects(yaml).unwrap_or_else(|error| panic!("{error} in\n{yaml}"));
    let document = |node| Document::rendered("a.yaml", Content::Object(node));
    Bundle { documents: nodes.into_iter().map(document).collect(), ..Bundle::default() }
}

/// What all rules about Pod Security say.
fn findings(bundle: &Bundle, options: &Options) -> Vec<Diagnostic> {
    let diagnostics = lint::lint(bundle, options).diagnostics;
    diagnostics.into_iter().filter(|diagnostic| diagnostic.category == Category::PodSecurity).collect()
}

/// The rules by which a Pod would be refused, each once, by name.
fn refusals(bundle: &Bundle, options: &Options) -> Vec<&'static str> {
    let found = findings(bundle, options);
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let mut rules: Vec<_> = errors.map(|diagnostic| diagnostic.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}
