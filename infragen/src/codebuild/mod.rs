//! Spec to CodeBuild: typed buildspecs, the projects that run them, and what AWS needs to know beside them.
//!
//! Pure: the text of templates comes with the [`Pipeline`](crate::spec::pipeline::Pipeline), not from files.

pub mod buildspec;
mod commands;
mod image_repository;
mod project;
mod render;
mod steps;
mod target;
mod webhook;

pub use buildspec::Buildspec;
pub use project::project_name;
pub use render::render;
pub use target::{Target, TargetCluster, TargetWorkload, WorkloadKind};
