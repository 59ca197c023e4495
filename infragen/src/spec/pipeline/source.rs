//! Where the source is.

/// A git repository, and the branch that is released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub(crate) host: Host,
    pub(crate) url: String,
    pub(crate) branch: String,
}

/// Who holds the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Bitbucket.
    Bitbucket,
    /// AWS CodeCommit.
    CodeCommit,
}

impl Source {
    /// A repository on GitHub, such as `https://github.com/example/coworking`, and its branch `main`.
    #[must_use]
    pub fn github(url: impl Into<String>) -> Self {
        Self::on(Host::GitHub, url)
    }

    /// A repository on any of the hosts that CodeBuild knows, by its `https` address, and its branch `main`.
    #[must_use]
    pub fn on(host: Host, url: impl Into<String>) -> Self {
        Self { host, url: url.into(), branch: "main".to_owned() }
    }

    /// The branch that is released, instead of `main`.
    #[must_use]
    pub fn branch(mut self, branch: impl Into<String>) -> Self {
        self.branch = branch.into();
        self
    }
}
