//! What a container runs: somebody's image as it is named, or one that the project's pipeline builds.

use super::quantity::{AccountId, ImageRef, Region, Repository, SemanticVersion};

/// A container's image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// As it is written.
    Fixed(ImageRef),
    /// From an ECR repository, in the version that the run says, or else in this one.
    Ecr {
        /// The repository in ECR.
        repository: Repository,
        /// The version when the run says nothing.
        version: SemanticVersion,
        /// The account that holds it; the environment's when it is not given.
        account: Option<AccountId>,
        /// The region that it is in; the cluster's when it is not given.
        region: Option<Region>,
    },
}

impl Image {
    /// An image that the pipeline pushes to ECR. A run names its tag or digest by
    /// `--set images.<repository>.tag=…` or `.digest=…`; without one it is this version.
    #[must_use]
    pub const fn ecr(repository: Repository, version: SemanticVersion) -> Self {
        Self::Ecr { repository, version, account: None, region: None }
    }

    /// The account and region of the registry, where they differ from the environment's.
    #[must_use]
    pub fn registry(mut self, in_account: AccountId, in_region: Region) -> Self {
        if let Self::Ecr { account, region, .. } = &mut self {
            *account = Some(in_account);
            *region = Some(in_region);
        }
        self
    }
}

impl From<ImageRef> for Image {
    fn from(image: ImageRef) -> Self {
        Self::Fixed(image)
    }
}
