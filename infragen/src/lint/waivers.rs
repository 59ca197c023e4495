//! Marks what somebody decided to live with, and shows each waiver to the rules about waivers.

use super::findings::{Findings, Subject};
use super::graph::Graph;
use super::view::Object;
use super::{Look, Rule, rules};
use crate::diagnostic::Diagnostic;
use crate::node::FieldPath;
use crate::origin::Origin;

/// An annotation of this name and a rule's is a waiver for the object that bears it; its value is the reason.
pub const ANNOTATION: &str = "infragen.dev/allow.";

/// A waiver, and what became of it.
#[derive(Debug)]
pub struct GivenWaiver<'a> {
    /// The rule that it names.
    pub rule: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Which findings it is for.
    pub scope: Scope<'a>,
    /// Whether it was for any.
    pub used: bool,
    /// Whether the rule looked at all in this run.
    pub looked: bool,
}

/// Which findings a waiver is for.
#[derive(Debug)]
pub enum Scope<'a> {
    /// Those about the object that bears the annotation.
    Annotated(&'a Object<'a>),
    /// Those about the object `Kind/name`, or about all, as the environment says.
    Declared(Option<&'a str>, &'a Origin),
}

impl GivenWaiver<'_> {
    /// Reports a defect of the waiver itself, where it was given.
    pub fn report<'f>(
        &self,
        findings: &'f mut Findings<'_>,
        message: String,
    ) -> super::findings::Finding<'f> {
        match self.scope {
            Scope::Declared(_, origin) => findings.report_from(origin, message),
            Scope::Annotated(object) => {
                let name = format!("{ANNOTATION}{}", self.rule);
                let path = FieldPath::root().fields(&["metadata", "annotations", &name]);
                findings.report_on(object, path, message)
            }
        }
    }

    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.rule == self.rule
            && match self.scope {
                Scope::Declared(None, _) => true,
                Scope::Declared(Some(name), _) => {
                    diagnostic.object.as_ref().is_some_and(|object| object.to_string() == name)
                }
                Scope::Annotated(object) => {
                    diagnostic.file == object.document.file
                        && diagnostic.object.as_ref() == Some(&object.object_name())
                }
            }
    }
}

/// Marks every finding that a waiver covers, then lets the rules about waivers look.
pub(super) fn apply(graph: &Graph<'_>, selected: &[&'static Rule], found: &mut Vec<Diagnostic>) {
    let mut waivers = given(graph);
    for waiver in &mut waivers {
        waiver.looked = selected.iter().any(|rule| rule.id == waiver.rule);
        if waiver.reason.trim().is_empty() {
            continue;
        }
        for diagnostic in found.iter_mut() {
            if waiver.covers(diagnostic) {
                diagnostic.waived = Some(waiver.reason.to_owned());
                waiver.used = true;
            }
        }
    }
    let closed_world = graph.bundle.environment.is_some();
    for rule in selected {
        if let Look::Waiver(function) = rule.look {
            for waiver in &waivers {
                function(waiver, &mut Findings::new(rule, closed_world, Subject::Bundle, found));
            }
        }
    }
}

fn given<'a>(graph: &'a Graph<'_>) -> Vec<GivenWaiver<'a>> {
    let declared = graph.bundle.facts.waivers.iter().map(|waiver| {
        let scope = Scope::Declared(waiver.object.as_deref(), &waiver.origin);
        GivenWaiver { rule: &waiver.rule, reason: &waiver.reason, scope, used: false, looked: false }
    });
    let annotated = graph.objects().iter().flat_map(|object| {
        object.annotations().filter_map(move |(name, value)| {
            let rule = name.strip_prefix(ANNOTATION)?;
            let reason = value.as_str().unwrap_or_default();
            Some(GivenWaiver { rule, reason, scope: Scope::Annotated(object), used: false, looked: false })
        })
    });
    declared.chain(annotated).collect()
}

/// The rule whose name is nearest to this one, unless all are far.
pub(super) fn nearest_rule(name: &str) -> Option<&'static str> {
    let distance = |rule: &&Rule| strsim::osa_distance(rule.id, name);
    let nearest = rules::ALL.iter().copied().min_by_key(distance)?;
    (distance(&nearest) <= nearest.id.len() / 2).then_some(nearest.id)
}

#[cfg(test)]
mod tests;
