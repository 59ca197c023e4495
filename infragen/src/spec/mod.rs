//! The vocabulary: what an environment says, in values that cannot be wrong.

pub mod pipeline;
mod problem;
pub mod quantity;

pub use problem::Problem;
