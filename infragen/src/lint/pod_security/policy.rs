//! A level and a version: what Pods of one namespace are held to.

use super::{Level, Version};
use crate::node::Node;

const LEVEL: &str = "pod-security.kubernetes.io/enforce";
const VERSION: &str = "pod-security.kubernetes.io/enforce-version";

/// What Pods of one namespace are held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How much they may do.
    pub level: Level,
    /// Whose controls are meant.
    pub version: Version,
}

impl Policy {
    /// What a Namespace's labels enforce; nothing without a level. What the plugin cannot read, it takes most strictly.
    pub(super) fn from_labels(labels: &Node) -> Option<Self> {
        let level = labels.get(LEVEL)?.as_str().and_then(|text| text.parse().ok());
        let version = labels.text_at(&[VERSION]).and_then(Version::from_label);
        Some(Self { level: level.unwrap_or(Level::Restricted), version: version.unwrap_or(Version::LATEST) })
    }

    /// The same, as judged by an API server of this version, which knows no newer controls.
    pub(super) fn judged_by(self, server: Version) -> Self {
        Self { version: self.version.min(server), ..self }
    }
}
