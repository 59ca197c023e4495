//! What a build keeps for the next one.

/// Files that a build finds as an earlier one left them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    pub(crate) store: Store,
    pub(crate) paths: Vec<String>,
}

/// Where a cache is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    /// On the machine that ran the build, for as long as that lives; Docker's layers too, in privileged mode.
    Local,
    /// In a bucket.
    S3 {
        /// The bucket, and a prefix if there is one.
        location: String,
        /// A name, and the file whose content decides which cache is right.
        key: Option<(String, String)>,
    },
}

impl Cache {
    /// Kept on the machine, which CodeBuild may take away at any time.
    #[must_use]
    pub fn local<P: Into<String>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self { store: Store::Local, paths: paths.into_iter().map(Into::into).collect() }
    }

    /// Kept in a bucket, such as `coworking-build-cache` or `coworking-build-cache/release`.
    #[must_use]
    pub fn s3<P: Into<String>>(location: impl Into<String>, paths: impl IntoIterator<Item = P>) -> Self {
        let store = Store::S3 { location: location.into(), key: None };
        Self { store, paths: paths.into_iter().map(Into::into).collect() }
    }

    /// Kept in a bucket, one for each content of a file: name `cargo`, file `Cargo.lock`.
    /// While there is none for the file as it is, the latest of the same name will do.
    #[must_use]
    pub fn s3_keyed_by<P: Into<String>>(
        location: impl Into<String>,
        name: impl Into<String>,
        file: impl Into<String>,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        let store = Store::S3 { location: location.into(), key: Some((name.into(), file.into())) };
        Self { store, paths: paths.into_iter().map(Into::into).collect() }
    }
}
