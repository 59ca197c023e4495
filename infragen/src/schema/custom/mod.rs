//! Somebody's own kinds: CustomResourceDefinitions as schemas, and what an object has that its definition refuses.
//!
//! Follows the API server (`k8s.io/apiextensions-apiserver`): null values and defaults first, then structure, then the
//! values' limits, and the definition's rules in CEL where nothing else is wrong.

mod check;
mod definition;
mod expression;
mod fill;
mod format;
mod functions;
mod limit;
mod network;
mod pattern;
mod rules;
mod shape;
mod value;
mod written;

pub use check::takes_default;
pub use definition::{Definition, DefinitionError, Definitions, PassedOver};
pub use limit::Limit;
pub use written::{RuleFault, faults_of_rules};

#[cfg(test)]
mod tests;
