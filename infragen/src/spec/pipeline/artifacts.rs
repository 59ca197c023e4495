//! What is kept of a build.

/// Files that CodeBuild stores when a build has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifacts {
    pub(crate) bucket: String,
    pub(crate) files: Vec<String>,
}

impl Artifacts {
    /// Files, as globs, that are kept in a bucket, in a folder of their build's own.
    #[must_use]
    pub fn s3<P: Into<String>>(bucket: impl Into<String>, files: impl IntoIterator<Item = P>) -> Self {
        Self { bucket: bucket.into(), files: files.into_iter().map(Into::into).collect() }
    }
}
