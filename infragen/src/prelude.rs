//! What a file that describes an environment needs: `use infragen::prelude::*;`.

pub use crate::spec::pipeline::{
    Architecture, Artifacts, Build, BuildImage, Cache, Compute, Host, ImageRepository, OnFailure, Phase,
    Pipeline, Registry, Report, ReportFormat, Size, Source, Tag,
};
pub use crate::spec::quantity::macros::*;
pub use crate::spec::*;
pub use crate::template;
