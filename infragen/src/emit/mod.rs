//! What leaves: the text of each document, the layout of files, and the only writes of this crate.
//!
//! Whole environments are written, and only checked ones.

mod json;
mod yaml;

pub use json::json;
pub use yaml::yaml;
