//! The platforms that an image is made for, as Docker names them.

use clap::ValueEnum;

/// One of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::commands) enum Platform {
    /// What tests and deployments run on.
    #[default]
    #[value(name = "linux/amd64")]
    Amd64,
    /// Graviton, and the machines of some developers.
    #[value(name = "linux/arm64")]
    Arm64,
}

impl Platform {
    /// Docker's word for the processor, which the image holds.
    pub(super) fn architecture(self) -> &'static str {
        match self {
            Platform::Amd64 => "amd64",
            Platform::Arm64 => "arm64",
        }
    }

    /// Rust's name for it.
    pub(super) fn target(self) -> &'static str {
        match self {
            Platform::Amd64 => "x86_64-unknown-linux-musl",
            Platform::Arm64 => "aarch64-unknown-linux-musl",
        }
    }
}
