//! Walks each document once and shows it to the rules; looks at no two documents together.
//!
//! [`look_at`] depends on one document alone, and on the policies that were read from all before, so that documents can
//! be looked at in any order and in parallel.

use super::conformance::Conformance;
use super::findings::{Findings, Subject};
use super::grammar::group;
use super::graph::Graph;
use super::pod_security::Policies;
use super::view::{Buildspec, Object, Workload};
use super::{Look, Options, Report, Rule, rules, waivers};
use crate::bundle::{Bundle, Content, Document, Facts, Place};
use crate::diagnostic::{Category, Diagnostic};

/// Looks at a whole bundle with every rule that the options select.
#[must_use]
pub fn lint(bundle: &Bundle, options: &Options) -> Report {
    let selected: Vec<&'static Rule> =
        rules::ALL.iter().copied().filter(|rule| options.selects(rule)).collect();
    let closed_world = bundle.environment.is_some();
    let policies = Policies::new(bundle, options);
    let conformance = Conformance::new(options, &bundle.facts);
    let judges = Judges { policies: &policies, conformance: &conformance, closed_world, selected: &selected };
    let mut found = bundle.diagnostics.clone();
    for document in &bundle.documents {
        look_at(document, &bundle.facts, &judges, &mut found);
    }
    let graph = Graph::new(bundle);
    for rule in &selected {
        if let Look::Bundle(function) = rule.look {
            function(&graph, &mut Findings::new(rule, closed_world, Subject::Bundle, &mut found));
        }
    }
    waivers::apply(&graph, &selected, &mut found);
    found.sort_by(|a, b| (&a.file, line(a)).cmp(&(&b.file, line(b))));
    let objects = bundle.objects().count();
    Report { diagnostics: found, objects, others: bundle.documents.len() - objects }
}

/// What every document is judged by.
struct Judges<'r> {
    policies: &'r Policies<'r>,
    conformance: &'r Conformance<'r>,
    closed_world: bool,
    selected: &'r [&'static Rule],
}

/// What all rules that need to see nothing else have to say about one document.
fn look_at(document: &Document, facts: &Facts, judges: &Judges<'_>, found: &mut Vec<Diagnostic>) {
    let Judges { selected, closed_world, .. } = *judges;
    match &document.content {
        Content::Object(node) => {
            let object = Object::new(document, facts, node);
            look_at_object(&object, judges, found);
        }
        Content::Buildspec(node) => {
            for rule in selected {
                if let Look::Buildspec(function) = rule.look {
                    let subject = Subject::Document(document);
                    function(
                        &Buildspec { document, node },
                        &mut Findings::new(rule, closed_world, subject, found),
                    );
                }
            }
        }
        Content::Text(_) => {}
    }
}

fn look_at_object(object: &Object<'_>, judges: &Judges<'_>, found: &mut Vec<Diagnostic>) {
    let Judges { policies, conformance, closed_world, selected } = *judges;
    conformance.look_at(object, selected, found);
    let workload = Workload::of(*object);
    let policies = workload.map(|_| policies.of(object)).unwrap_or_default();
    let containers: Vec<_> = workload.iter().flat_map(Workload::containers).collect();
    let is_own = group::is_own(object.api_version);
    let is_of = |kinds: &[&str]| kinds.is_empty() || kinds.contains(&object.kind);
    for rule in selected {
        let mut findings = Findings::new(rule, closed_world, Subject::Object(object), found);
        // What the API server says of a Service, it does not say of Knative's.
        let knows =
            is_own || rule.category != Category::Admission || matches!(rule.look, Look::Object([], _));
        match (rule.look, &workload) {
            _ if !knows => {}
            (Look::Object(kinds, function), _) if is_of(kinds) => function(object, &mut findings),
            (Look::Workload(kinds, function), Some(workload)) if is_of(kinds) => {
                function(workload, &mut findings);
            }
            (Look::Container(which, function), Some(_)) => {
                for container in containers.iter().filter(|container| container.is_among(which)) {
                    function(container, &mut findings);
                }
            }
            (Look::Control(control, function), Some(workload)) => {
                findings.each_once(|findings| control.judge(*workload, &policies, function, findings));
            }
            _ => {}
        }
    }
}

/// By line for what was read; what was rendered keeps the order in which it was found.
const fn line(diagnostic: &Diagnostic) -> (usize, usize) {
    match &diagnostic.place {
        Some(Place::Yaml { line, column }) => (*line, *column),
        Some(Place::Rust(_)) | None => (0, 0),
    }
}

#[cfg(test)]
mod tests;
