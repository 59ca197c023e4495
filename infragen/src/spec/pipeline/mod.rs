//! How an environment comes to be: from a source, through builds, to an image in a registry and its deployment.
//!
//! An environment has at most one [`Pipeline`], and that one deploys it.

mod artifacts;
mod build;
mod cache;
mod compute;
mod phase;
#[expect(clippy::module_inception, reason = "one idea, one file, one name")]
mod pipeline;
mod registry;
mod report;
mod source;
mod tag;
mod template;
mod variable;

pub use artifacts::Artifacts;
pub use build::Build;
pub use cache::Cache;
pub use compute::{Architecture, BuildImage, Compute, Size};
pub use phase::{OnFailure, Phase};
pub use pipeline::{Occasion, Pipeline};
pub use registry::{ImageRepository, Registry};
pub use report::{Report, ReportFormat};
pub use source::{Host, Source};
pub use tag::Tag;
pub use template::Template;

pub(crate) use build::PhaseName;
pub(crate) use cache::Store;
pub(crate) use variable::BuildValue;
