//! What an image is called in its repository, beside its digest.

/// A tag that the release gives an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// The semantic version. It never moves: a version that was pushed stays what it was.
    Version,
    /// The number that CodeBuild gives each build.
    BuildNumber,
    /// The first twelve digits of the commit's hash.
    Commit,
    /// `latest`, which moves with each release. Nothing is deployed by it.
    Latest,
}
