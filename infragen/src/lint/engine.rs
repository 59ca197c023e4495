//! Walks each document once and shows it to the rules, then shows all together to those that look at more than one.
//!
//! The first look depends on one document alone, so that documents can be looked at in any order and in parallel, and
//! most of each forgotten before the next is read. What is found is the same, and in the same order, however many
//! threads there are.

use super::again::{self, ReadAgain};
use super::conformance::Conformance;
use super::findings::{Findings, Subject};
use super::forget::{Keep, forget};
use super::grammar::group;
use super::graph::Graph;
use super::pod_security::Policies;
use super::sharing::Shared;
use super::spread::{each, each_given};
use super::view::{Buildspec, Object, Workload};
use super::{Look, Options, Report, Rule, rules, waivers};
use crate::bundle::{Bundle, Content, Document, Facts, Place, Places, Unread};
use crate::diagnostic::{Category, Diagnostic};
use crate::schema::custom::Definitions;

/// Looks at a whole bundle with every rule that the options select.
#[must_use]
pub fn lint(bundle: &Bundle, options: &Options) -> Report {
    let selected = selected(options);
    let judges = Judges::new(bundle, options, &selected);
    let first = each(bundle.documents.len(), &bundle.documents, |document| judges.look_at(document));
    let found = bundle.diagnostics.iter().cloned().chain(first.into_iter().flatten()).collect();
    look_at_all(bundle, options, &judges, found, &|_, _| false)
}

/// Looks at documents as they come, whoever brings them, and at all together in the end.
#[derive(Debug)]
pub struct Linter<'o> {
    bundle: Bundle,
    options: &'o Options,
    selected: Vec<&'static Rule>,
    shared: Shared,
}

/// A document that was looked at by itself, and what was found.
#[derive(Debug)]
pub struct Looked {
    document: Document,
    found: Vec<Diagnostic>,
}

impl<'o> Linter<'o> {
    /// For documents of the world that the bundle tells of; it has none yet.
    #[must_use]
    pub fn new(bundle: Bundle, options: &'o Options) -> Self {
        Self { bundle, options, selected: selected(options), shared: Shared::default() }
    }

    /// Looks at documents by themselves, and keeps of each what rules ask for that look at all together.
    ///
    /// Where it is known how they can be read again, from the first on, their text is let go.
    #[must_use]
    pub fn look_at(&self, documents: Vec<Document>, first: Option<Unread>) -> Vec<Looked> {
        let judges = Judges::new(&self.bundle, self.options, &self.selected);
        let documents = documents.into_iter().zip(0..).collect();
        each_given(documents, |(mut document, number)| {
            let found = judges.look_at(&document);
            // By what a definition says, others are looked at.
            if !document.root().is_some_and(Definitions::is_one) {
                let is_read = matches!(document.places, Places::Read { .. });
                if let Some(first) = first.filter(|_| is_read) {
                    document.places = Places::LetGo(Unread { document: first.document + number, ..first });
                }
                let keep = if judges.awaits_definition(&document) { Keep::All } else { Keep::Names };
                forget(&mut document, keep, &self.shared);
            }
            Looked { document, found }
        })
    }

    /// Looks at all documents together, which come file by file. What was found before there were any is told first.
    ///
    /// Documents whose text was let go are read again where something is found.
    #[must_use]
    pub fn finish(
        mut self,
        mut found: Vec<Diagnostic>,
        looked: Vec<Vec<Looked>>,
        again: &ReadAgain<'_>,
    ) -> Report {
        drop(self.shared);
        found.append(&mut self.bundle.diagnostics);
        self.bundle.documents.reserve_exact(looked.iter().map(Vec::len).sum());
        for one in looked.into_iter().flatten() {
            found.extend(one.found);
            self.bundle.documents.push(one.document);
        }
        let judges = Judges::new(&self.bundle, self.options, &self.selected);
        look_at_all(&self.bundle, self.options, &judges, found, again)
    }
}

fn selected(options: &Options) -> Vec<&'static Rule> {
    rules::ALL.iter().copied().filter(|rule| options.selects(rule)).collect()
}

/// What every document is judged by.
struct Judges<'r> {
    facts: &'r Facts,
    conformance: Conformance<'r>,
    closed_world: bool,
    selected: &'r [&'static Rule],
}

/// What the rules say that look at more than one document, or at one in the light of another.
fn look_at_all(
    bundle: &Bundle,
    options: &Options,
    judges: &Judges<'_>,
    mut found: Vec<Diagnostic>,
    again: &ReadAgain<'_>,
) -> Report {
    let policies = Policies::new(bundle, options);
    let controlled =
        each(bundle.documents.len(), &bundle.documents, |document| judges.hold(document, &policies));
    found.extend(controlled.into_iter().flatten());
    let conformance = judges.conformance.with_definitions_of(bundle);
    let defined = each(bundle.documents.len(), &bundle.documents, |document| {
        judges.hold_to_definition(document, &conformance)
    });
    found.extend(defined.into_iter().flatten());
    conformance.look_at_definitions(&bundle.facts, judges.selected, &mut found);
    let graph = Graph::new(bundle);
    let look = |rule: &&'static Rule| {
        let mut found = Vec::new();
        if let Look::Bundle(function) = rule.look {
            function(&graph, &mut Findings::new(rule, judges.closed_world, Subject::Bundle, &mut found));
        }
        found
    };
    found.extend(each(bundle.documents.len(), judges.selected, look).into_iter().flatten());
    waivers::apply(&graph, judges.selected, &mut found);
    again::complete(&mut found, again, |document| {
        let mut seen = judges.hold(document, &policies);
        seen.append(&mut judges.hold_to_definition(document, &conformance));
        seen
    });
    for diagnostic in &mut found {
        if let Some(severity) = options.severities.get(diagnostic.rule) {
            diagnostic.severity = *severity;
        }
    }
    found.sort_by(|a, b| (&a.file, line(a)).cmp(&(&b.file, line(b))));
    let objects = bundle.objects().count();
    Report { diagnostics: found, objects, others: bundle.documents.len() - objects }
}

impl<'r> Judges<'r> {
    fn new(bundle: &'r Bundle, options: &'r Options, selected: &'r [&'static Rule]) -> Self {
        let conformance = Conformance::new(options, &bundle.facts);
        Self { facts: &bundle.facts, conformance, closed_world: bundle.environment.is_some(), selected }
    }

    /// What all rules that need to see nothing else have to say about one document.
    fn look_at(&self, document: &Document) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        match &document.content {
            Content::Object(node) => {
                self.look_at_object(&Object::new(document, self.facts, node), &mut found)
            }
            Content::Buildspec(node) => {
                for rule in self.selected {
                    if let Look::Buildspec(function) = rule.look {
                        let subject = Subject::Document(document);
                        let mut findings = Findings::new(rule, self.closed_world, subject, &mut found);
                        function(&Buildspec { document, node }, &mut findings);
                    }
                }
            }
            Content::Text(_) => {}
        }
        found
    }

    fn look_at_object(&self, object: &Object<'_>, found: &mut Vec<Diagnostic>) {
        if !self.conformance.awaits_definition(object) {
            self.conformance.look_at(object, self.selected, found);
        }
        let workload = Workload::of(*object);
        let containers: Vec<_> = workload.iter().flat_map(Workload::containers).collect();
        let is_own = group::is_own(object.api_version);
        let is_of = |kinds: &[&str]| kinds.is_empty() || kinds.contains(&object.kind);
        for rule in self.selected {
            let mut findings = Findings::new(rule, self.closed_world, Subject::Object(object), found);
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
                _ => {}
            }
        }
    }

    /// Whether an object is yet to be held to the definition of its kind, which may be anywhere among the documents.
    fn awaits_definition(&self, document: &Document) -> bool {
        document
            .root()
            .is_some_and(|root| self.conformance.awaits_definition(&Object::new(document, self.facts, root)))
    }

    /// Holds an object to the definition of its kind.
    fn hold_to_definition(&self, document: &Document, conformance: &Conformance<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let Content::Object(node) = &document.content else { return found };
        let object = Object::new(document, self.facts, node);
        if self.conformance.awaits_definition(&object) {
            conformance.look_at(&object, self.selected, &mut found);
        }
        found
    }

    /// Holds a workload to the Pod Security policies that are in force where it is.
    fn hold(&self, document: &Document, policies: &Policies<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let Content::Object(node) = &document.content else { return found };
        let object = Object::new(document, self.facts, node);
        let Some(workload) = Workload::of(object) else { return found };
        let policies = policies.of(&object);
        for rule in self.selected {
            if let Look::Control(control, function) = rule.look {
                let mut findings =
                    Findings::new(rule, self.closed_world, Subject::Object(&object), &mut found);
                findings.each_once(|findings| control.judge(workload, &policies, function, findings));
            }
        }
        found
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
