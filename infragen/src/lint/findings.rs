//! Where rules leave what they found; who found it, in what object and at what place is filled in here.

use super::view::Object;
use super::{Rule, secrets};
use crate::bundle::{Document, Place, Places};
use crate::diagnostic::{Category, Diagnostic, Fix, Severity};
use crate::node::FieldPath;
use crate::origin::Origin;

/// What one rule, looking at one thing, has found.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    severity: Severity,
    subject: Subject<'a>,
    found: &'a mut Vec<Diagnostic>,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'a> {
    Bundle,
    Object(&'a Object<'a>),
    Document(&'a Document),
}

impl<'a> Findings<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        closed_world: bool,
        subject: Subject<'a>,
        found: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let may_live_elsewhere = rule.category == Category::Reference && !closed_world;
        let severity = if may_live_elsewhere { rule.severity.min(Severity::Warning) } else { rule.severity };
        Self { rule, severity, subject, found }
    }

    /// The same, but they weigh no more than this.
    pub(super) fn at_most(&mut self, severity: Severity) -> Findings<'_> {
        Findings { severity: self.severity.min(severity), found: self.found, ..*self }
    }

    /// Where a rule looks at one thing several times: of findings that say the same of the same field, keeps the first.
    pub(super) fn each_once(&mut self, look: impl FnOnce(&mut Self)) {
        let first = self.found.len();
        look(self);
        for finding in self.found.split_off(first) {
            let is_said = |said: &Diagnostic| said.path == finding.path && said.message == finding.message;
            if !self.found[first..].iter().any(is_said) {
                self.found.push(finding);
            }
        }
    }

    /// Reports a defect at a field of what the rule looks at.
    pub fn report(&mut self, path: FieldPath, message: impl Into<String>) -> Finding<'_> {
        match self.subject {
            Subject::Object(object) => self.report_on(object, path, message),
            Subject::Document(document) => self.file(document, path, message),
            Subject::Bundle => self.push(Diagnostic { path, ..self.blank(message) }),
        }
    }

    /// Reports a defect at a field of some object, for rules that look at many.
    pub fn report_on(
        &mut self,
        object: &Object<'_>,
        path: FieldPath,
        message: impl Into<String>,
    ) -> Finding<'_> {
        let name = object.object_name();
        let finding = self.file(object.document, path, message);
        finding.found.object = Some(name);
        finding
    }

    /// Reports a defect of what the environment declares beyond its documents.
    pub fn report_from(&mut self, origin: &Origin, message: impl Into<String>) -> Finding<'_> {
        let place = Some(Place::Rust(origin.clone()));
        self.push(Diagnostic { place, ..self.blank(message) })
    }

    fn file(&mut self, document: &Document, path: FieldPath, message: impl Into<String>) -> Finding<'_> {
        let kept = secrets::kept_at(document, &path);
        let diagnostic = Diagnostic {
            file: document.file.clone(),
            place: document.place(&path),
            excerpt: secrets::excerpt(document, &path),
            unread: match document.places {
                Places::LetGo(unread) => Some(unread),
                Places::Rendered(_) | Places::Read { .. } => None,
            },
            path,
            ..self.blank(secrets::without(message.into(), &kept))
        };
        Finding { kept, ..self.push(diagnostic) }
    }

    fn blank(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.rule.id, self.severity, self.rule.category, message)
    }

    fn push(&mut self, diagnostic: Diagnostic) -> Finding<'_> {
        self.found.push(diagnostic);
        let last = self.found.len() - 1;
        Finding { found: &mut self.found[last], kept: Vec::new() }
    }
}

/// A finding that was just reported.
#[derive(Debug)]
#[must_use = "say what to do about it"]
pub struct Finding<'f> {
    found: &'f mut Diagnostic,
    /// What its help may not repeat.
    kept: Vec<String>,
}

impl Finding<'_> {
    /// Does not show the line, which holds what nobody may read.
    pub fn without_excerpt(self) -> Self {
        self.found.excerpt = None;
        self.found.hides_line = true;
        self
    }

    /// Gives the one safe way to mend it, where there is one. A line that holds a secret is left alone.
    pub(super) fn fix(self, fix: Option<Fix>) -> Self {
        if self.found.excerpt.is_some() && self.kept.is_empty() {
            self.found.fix = fix;
        }
        self
    }

    /// Says what to do about it.
    pub fn help(self, help: impl Into<String>) {
        self.found.help = secrets::without(help.into(), &self.kept);
    }
}
