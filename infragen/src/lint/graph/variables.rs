//! The variables that a container is given, and where each comes from.

use super::{Graph, Keys};
use crate::bundle::Contract;
use crate::lint::view::Container;
use crate::node::{FieldPath, Node};

/// The variables of one container.
#[derive(Clone, Debug, Default)]
pub struct Supplied<'g> {
    /// Those whose names are known; of several with one name the last counts.
    pub variables: Vec<Variable<'g>>,
    /// Whether there may be more, because nobody says what some ConfigMap or Secret holds.
    pub may_be_more: bool,
}

/// One variable of a container.
#[derive(Clone, Debug)]
pub struct Variable<'g> {
    /// Its name.
    pub name: String,
    /// What gives its value.
    pub source: Source<'g>,
    /// The field that gives it.
    pub path: FieldPath,
}

/// What gives a variable its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'g> {
    /// The value stands in the workload itself.
    Literal,
    /// A ConfigMap of this name.
    ConfigMap(&'g str),
    /// A Secret of this name.
    Secret(&'g str),
    /// The Pod or the container itself, or what this page does not know.
    Other,
}

impl Supplied<'_> {
    /// Whether the variable is given, or may be.
    #[must_use]
    pub fn may_hold(&self, name: &str) -> bool {
        self.may_be_more || self.variables.iter().any(|variable| variable.name == name)
    }
}

impl<'a> Graph<'a> {
    /// The variables of a container, from `envFrom` and `env`.
    #[must_use]
    pub fn variables<'g>(&'g self, container: &Container<'g>) -> Supplied<'g> {
        let mut supplied = Supplied::default();
        for (index, entry) in container.items("envFrom").iter().enumerate() {
            let prefix = entry.text_at(&["prefix"]).unwrap_or_default();
            let path = container.path(&["envFrom"]).index(index);
            let (kind, name, source) = match bulk_source(entry) {
                Some(found) => found,
                None => continue,
            };
            match self.keys(&container.workload, kind, name) {
                Keys::Known(keys) => {
                    for key in keys {
                        supplied.set(Variable { name: format!("{prefix}{key}"), source, path: path.clone() });
                    }
                }
                Keys::Unknown | Keys::NoObject => supplied.may_be_more = true,
            }
        }
        for (index, entry) in container.items("env").iter().enumerate() {
            let Some(name) = entry.text_at(&["name"]) else { continue };
            let path = container.path(&["env"]).index(index);
            supplied.set(Variable { name: name.to_owned(), source: single_source(entry), path });
        }
        supplied
    }
}

impl<'g> Supplied<'g> {
    fn set(&mut self, variable: Variable<'g>) {
        self.variables.retain(|earlier| earlier.name != variable.name);
        self.variables.push(variable);
    }
}

fn bulk_source(entry: &Node) -> Option<(&'static str, &str, Source<'_>)> {
    let config_map = entry.text_at(&["configMapRef", "name"]);
    let secret = entry.text_at(&["secretRef", "name"]);
    config_map
        .map(|name| ("ConfigMap", name, Source::ConfigMap(name)))
        .or_else(|| secret.map(|name| ("Secret", name, Source::Secret(name))))
}

fn single_source(entry: &Node) -> Source<'_> {
    let Some(from) = entry.get("valueFrom") else { return Source::Literal };
    if let Some(name) = from.text_at(&["configMapKeyRef", "name"]) {
        Source::ConfigMap(name)
    } else if let Some(name) = from.text_at(&["secretKeyRef", "name"]) {
        Source::Secret(name)
    } else {
        Source::Other
    }
}

impl<'a> Graph<'a> {
    /// The containers whose programs' variables are known.
    pub fn contracts(&self) -> impl Iterator<Item = (&'a Contract, Container<'a>)> {
        self.bundle.facts.contracts.iter().filter_map(|contract| {
            let workload = self.workload(&contract.kind, &contract.workload)?;
            let container = workload.containers().find(|container| container.name() == contract.container)?;
            Some((contract, container))
        })
    }
}
