//! What `explain` is asked: an object or a workload, a field, or both.

use thiserror::Error;

use super::{Explained, Explanation};
use crate::nearest::nearest;
use crate::node::{FieldPath, Node, Step};

/// Narrows what is explained; empty, it asks for everything.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// A workload, an object (`Deployment/coworking`), a kind or a file; or a field, where no field is given.
    pub target: Option<String>,
    /// A path (`spec.template`), its end (`limits.memory`) or a name (`image`); list indices may be left out.
    pub field: Option<String>,
}

/// What was asked for is not there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExplainError {
    /// No object, and no field either.
    #[error("no workload, object or field is named `{asked}`{}\nthere are:\n  {}", hint(.nearest), .known.join("\n  "))]
    UnknownTarget {
        /// What was asked for.
        asked: String,
        /// What is most like it.
        nearest: Option<String>,
        /// All objects.
        known: Vec<String>,
    },
    /// The objects have no such field.
    #[error("{objects} `{asked}`{}", hint(.nearest))]
    UnknownField {
        /// Which objects have no such field, as the beginning of a sentence.
        objects: String,
        /// What was asked for.
        asked: String,
        /// What is most like it.
        nearest: Option<String>,
    },
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default()
}

impl Query {
    /// Leaves what the query asks for.
    pub(super) fn narrow<'b>(&self, all: Vec<Explanation<'b>>) -> Result<Vec<Explanation<'b>>, ExplainError> {
        let Some(target) = &self.target else { return self.narrow_fields(all, self.field.as_deref()) };
        let chosen: Vec<_> = all.iter().filter(|one| is_meant(one, target)).cloned().collect();
        if !chosen.is_empty() {
            return self.narrow_fields(chosen, self.field.as_deref());
        }
        let unknown = ExplainError::UnknownTarget {
            asked: target.clone(),
            nearest: nearest(target, names(&all)).map(str::to_owned),
            known: all.iter().map(|one| one.title.clone()).collect(),
        };
        match self.field {
            None => self.narrow_fields(all, Some(target)).map_err(|_| unknown),
            Some(_) => Err(unknown),
        }
    }

    fn narrow_fields<'b>(
        &self,
        chosen: Vec<Explanation<'b>>,
        field: Option<&str>,
    ) -> Result<Vec<Explanation<'b>>, ExplainError> {
        let Some(field) = field else { return Ok(chosen) };
        let mut narrowed = chosen.clone();
        for explanation in &mut narrowed {
            explanation.is_narrowed = true;
            explanation.fields.retain(|explained| holds(&explained.path, field));
        }
        narrowed.retain(|explanation| !explanation.fields.is_empty());
        if narrowed.is_empty() { Err(unknown_field(&chosen, field)) } else { Ok(narrowed) }
    }
}

fn unknown_field(chosen: &[Explanation<'_>], field: &str) -> ExplainError {
    let fields = || chosen.iter().flat_map(|one| &one.fields);
    let paths: Vec<String> = fields().map(|explained| explained.path.to_string()).collect();
    let is_name = !field.contains(['.', '[']);
    let near = if is_name {
        nearest(field, fields().flat_map(field_names))
    } else {
        nearest(field, paths.iter().map(String::as_str))
    };
    let objects = match chosen {
        [one] => format!("`{}` has no field", one.title),
        many => format!("none of the {} objects has a field", many.len()),
    };
    ExplainError::UnknownField { objects, asked: field.to_owned(), nearest: near.map(str::to_owned) }
}

fn field_names<'e>(explained: &'e Explained<'_>) -> impl Iterator<Item = &'e str> {
    explained.path.steps().iter().filter_map(|step| match step {
        Step::Field(name) => Some(name.as_str()),
        Step::Index(_) => None,
    })
}

/// Everything that a target may be called.
fn names<'e>(all: &'e [Explanation<'_>]) -> impl Iterator<Item = &'e str> {
    all.iter().flat_map(|one| {
        let root = one.document.root();
        let parts = [&["metadata", "name"][..], &["kind"], &LABEL];
        let named = parts.into_iter().filter_map(move |names| root.and_then(|root| root.text_at(names)));
        named.chain([one.title.as_str()])
    })
}

/// The label by which the objects of a workload are known.
const LABEL: [&str; 3] = ["metadata", "labels", "app.kubernetes.io/name"];

/// Whether somebody who names this target means this document.
fn is_meant(one: &Explanation<'_>, target: &str) -> bool {
    let is = |text: &str| text.eq_ignore_ascii_case(target);
    let root: Option<&Node> = one.document.root();
    let says = |names: &[&str]| root.and_then(|root| root.text_at(names)).is_some_and(is);
    is(&one.title)
        || says(&["metadata", "name"])
        || says(&["kind"])
        || says(&LABEL)
        || one.document.file.ends_with(target)
        || std::path::Path::new(target).ends_with(&one.document.file)
}

/// Whether the path leads through what was asked for: as its beginning, its end or anything between.
fn holds(path: &FieldPath, asked: &str) -> bool {
    let is_odd_name = path.steps().iter().any(|step| matches!(step, Step::Field(name) if name == asked));
    let asked = FieldPath::parse(asked);
    let asked: Vec<&Step> = asked.steps().iter().collect();
    let has_index = asked.iter().any(|step| matches!(step, Step::Index(_)));
    let steps = path.steps().iter().filter(|step| has_index || matches!(step, Step::Field(_)));
    let steps: Vec<&Step> = steps.collect();
    is_odd_name || !asked.is_empty() && steps.windows(asked.len()).any(|window| window == asked)
}
