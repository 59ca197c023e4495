//! Kubernetes' own schemas for several minor versions, embedded, and what a tree has that they do not allow. Those of
//! somebody's own kinds are in [`custom`].
//!
//! The table is made by `cargo xtask schemas`. Nothing of it is parsed or copied: each question reads the few bytes
//! that answer it. No network, no files, nothing about environments or rules.

mod check;
pub mod custom;
mod definition;
mod fault;
mod format;
mod kind;
mod lifecycle;
mod same_shape;
mod table;
mod version;

pub use check::check;
pub use definition::{Definition, DefinitionId, Field, Type};
pub use fault::{Defect, Fault, nearest, nearest_kind};
pub use kind::{Kind, is_own_group, is_somebodys, kinds};
pub use lifecycle::Lifecycle;
pub use same_shape::same_shape;
pub use version::Version;
