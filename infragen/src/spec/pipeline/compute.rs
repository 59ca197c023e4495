//! What a build runs on.

use crate::spec::quantity::ImageRef;

/// A Linux machine, on demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compute {
    pub(crate) size: Size,
    pub(crate) architecture: Architecture,
}

/// How large a machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 2 processors, 4 GB (3 GB without privileged mode).
    Small,
    /// 4 processors, 8 GB (7 GB without privileged mode).
    Medium,
    /// 8 processors, 16 GB (15 GB without privileged mode).
    Large,
    /// 36 processors, 72 GB.
    XLarge,
    /// 72 processors, 144 GB.
    XxLarge,
}

/// A machine's processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// Intel's and AMD's, of 64 bits.
    X86_64,
    /// Arm's, of 64 bits.
    Arm64,
}

/// The image that a build runs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildImage {
    /// CodeBuild's own, for the machine's processors. It has Docker and the AWS CLI, and no Rust.
    AmazonLinux,
    /// A team's own, which the project's service role may pull.
    Own(ImageRef),
}

impl Compute {
    /// Two processors.
    #[must_use]
    pub const fn small() -> Self {
        Self::of(Size::Small)
    }

    /// Four processors.
    #[must_use]
    pub const fn medium() -> Self {
        Self::of(Size::Medium)
    }

    /// Eight processors.
    #[must_use]
    pub const fn large() -> Self {
        Self::of(Size::Large)
    }

    /// A machine of a size, with Intel's or AMD's processors.
    #[must_use]
    pub const fn of(size: Size) -> Self {
        Self { size, architecture: Architecture::X86_64 }
    }

    /// With Arm's processors.
    #[must_use]
    pub const fn arm(mut self) -> Self {
        self.architecture = Architecture::Arm64;
        self
    }
}
