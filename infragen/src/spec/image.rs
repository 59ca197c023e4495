//! What a container runs: somebody's image as it is named, or one that the project's pipeline builds.

use super::pipeline::ImageRepository;
use super::quantity::{ImageRef, SemanticVersion};

/// A container's image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// As it is written.
    Fixed(ImageRef),
    /// From a repository in ECR, in the version that the run says, or else in this one.
    Released {
        /// Where the pipeline pushes it.
        repository: ImageRepository,
        /// The version when the run says nothing.
        version: SemanticVersion,
    },
}

impl Image {
    /// An image that a pipeline pushes to ECR. A run names its tag or digest by
    /// `--set images.<repository>.tag=…` or `.digest=…`; without one it is this version.
    #[must_use]
    pub fn released(repository: &ImageRepository, version: SemanticVersion) -> Self {
        Self::Released { repository: repository.clone(), version }
    }
}

impl From<ImageRef> for Image {
    fn from(image: ImageRef) -> Self {
        Self::Fixed(image)
    }
}
