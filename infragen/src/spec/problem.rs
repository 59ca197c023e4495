//! What a setter could not take: a value known only at run time that makes no sense.

use std::panic::Location;

use crate::origin::Chosen;
use crate::spec::quantity::Input;

/// A value that was refused, and where it was given.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The setter, such as `namespace`.
    pub field: &'static str,
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The line that gave it.
    pub at: &'static Location<'static>,
}

/// Collects problems while an environment is described, so that all of them are told at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Reads a value, or notes why it can't be read.
    #[track_caller]
    pub(crate) fn take<T>(&mut self, field: &'static str, input: impl Input<T>) -> Option<Chosen<T>> {
        match input.read() {
            Ok(value) => Some(Chosen::here(value)),
            Err(nonsense) => {
                self.note(field, nonsense.to_string(), nonsense.help().to_owned());
                None
            }
        }
    }

    /// Notes a problem on the caller's line.
    #[track_caller]
    pub(crate) fn note(&mut self, field: &'static str, message: String, help: String) {
        self.note_at(field, message, help, Location::caller());
    }

    /// Notes a problem on a line that was kept.
    pub(crate) fn note_at(
        &mut self,
        field: &'static str,
        message: String,
        help: String,
        at: &'static Location<'static>,
    ) {
        self.0.push(Problem { field, message, help, at });
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn all(&self) -> &[Problem] {
        &self.0
    }
}
