//! Typed environments in; proven Kubernetes manifests and CodeBuild buildspecs out.
//!
//! A team describes its environments with [`spec`], lists them, and calls [`main`].
//! Data goes left to right: spec → bundle → lint → checked bundle → emit.

pub mod bundle;
mod cli;
pub mod codebuild;
pub mod diagnostic;
pub mod emit;
pub mod explain;
pub mod kubernetes;
pub mod lint;
pub mod mend;
pub mod nearest;
pub mod node;
pub mod origin;
pub mod prelude;
pub mod read;
pub mod render;
pub mod report;
pub mod run_book;
pub mod schema;
pub mod settings;
mod shell;
pub mod spec;
pub mod template;
pub mod validate;

pub use cli::main;
