//! The vocabulary: what an environment says, in values that cannot be wrong.

pub mod quantity;
