//! `cache`: what is kept for the next build.

use serde::Serialize;

use super::List;

/// What is kept for the next build. Changing the paths begins anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cache {
    /// Which cache is this build's; the project's only one when absent.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// What is done with it; both when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Which files, as globs.
    pub paths: List<String>,
}

/// Which cache is this build's. A cache with a key is never changed once it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Key {
    /// A shell expression, such as `cargo-$(codebuild-hash-files Cargo.lock)`.
    pub key: String,
    /// Prefixes of the keys that will do instead, the best first. Without a key CodeBuild would ignore them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback_keys: Option<List<String, 5>>,
}

/// What is done with a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It is read.
    Restore,
    /// It is written.
    Save,
}
