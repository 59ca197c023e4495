//! How much a Pod may do.

use std::str::FromStr;

use serde::Deserialize;
use thiserror::Error;

/// A level of the Pod Security Standards; each allows less than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Everything is allowed.
    Privileged,
    /// Known ways to the node are barred.
    Baseline,
    /// Only hardened Pods are taken.
    Restricted,
}

/// A word that names no level.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{0}` is none of `privileged`, `baseline` and `restricted`")]
pub struct UnknownLevel(pub String);

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        match text {
            "privileged" => Ok(Self::Privileged),
            "baseline" => Ok(Self::Baseline),
            "restricted" => Ok(Self::Restricted),
            _ => Err(UnknownLevel(text.to_owned())),
        }
    }
}
