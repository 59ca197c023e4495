//! Reasons about the documents of a bundle: walks them once, shows each to the rules that look at its depth,
//! and collects what they say. Analysis never fails, does no I/O, and knows nothing of how a bundle was made.
//!
//! To add a rule: one file in `rules/`, one line in `rules/mod.rs`.

mod again;
mod checked;
mod conformance;
mod engine;
pub mod findings;
mod forget;
pub mod grammar;
pub mod graph;
pub mod images;
mod mend;
pub mod network;
mod options;
mod outcome;
pub mod pod_security;
pub mod quantity;
mod rule;
pub mod rules;
mod secrets;
pub mod selector;
mod sharing;
mod spread;
pub mod view;
pub mod waivers;

pub use again::ReadAgain;
pub use checked::{CheckedBundle, Refused, check};
pub use engine::{Linter, Looked, lint};
pub use options::Options;
pub use outcome::Report;
pub use rule::{Containers, Look, Rule, Runs};
pub use secrets::masked;

#[cfg(test)]
mod testing;
