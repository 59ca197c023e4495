//! What a build's variables hold.

/// Where a build's variable comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BuildValue {
    /// Plain text, never a secret; whoever starts a build may give another.
    Plain(String),
    /// A parameter of Systems Manager.
    Parameter(String),
    /// A key of a secret in Secrets Manager.
    Secret {
        /// The secret's name or ARN.
        secret: String,
        /// The key in its JSON.
        key: String,
    },
    /// The build's own commands, for a later stage of CodePipeline.
    Commands,
}
