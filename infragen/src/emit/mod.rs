//! What leaves: the text of each document, the layout of files, and the only writes of this crate.
//!
//! Whole environments are written, and only what [`crate::lint::check`] let pass: [`plan()`], then [`write()`].

mod exchange;
mod folder;
mod json;
mod plan;
mod rewrite;
mod write;
mod yaml;

pub use folder::{Difference, differences};
pub use json::json;
pub use plan::{Files, Format, plan};
pub use rewrite::rewrite;
pub use write::{EmitError, Written, write};
pub use yaml::yaml;
