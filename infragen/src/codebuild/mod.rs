//! Spec to CodeBuild: typed buildspecs, and the projects that run them.

pub mod buildspec;

pub use buildspec::Buildspec;
