//! The minor versions whose schemas are embedded.

use std::fmt;

use super::table::TABLE;

/// A minor version of Kubernetes whose schemas are embedded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(usize);

impl Version {
    /// All of them, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (0..TABLE.versions.len()).map(Self)
    }

    /// The newest.
    #[must_use]
    pub const fn newest() -> Self {
        Self(TABLE.versions.len() - 1)
    }

    /// The version `(1, 34)`, if its schemas are embedded.
    #[must_use]
    pub fn of(version: (u32, u32)) -> Option<Self> {
        Self::all().find(|one| (1, one.minor()) == version)
    }

    /// The version `(1, 34)`, or the nearest whose schemas are embedded.
    #[must_use]
    pub fn nearest(version: (u32, u32)) -> Self {
        Self::all().rfind(|one| (1, one.minor()) <= version).unwrap_or(Self(0))
    }

    /// The 34 of 1.34.
    #[must_use]
    pub fn minor(self) -> u32 {
        let [minor] = TABLE.versions.row(self.0);
        minor.into()
    }

    pub(super) const fn index(self) -> usize {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor())
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn a_version_out_of_reach_is_taken_for_the_nearest() {
        assert_eq!(Version::nearest((1, 34)).to_string(), "1.34");
        assert_eq!(Version::nearest((1, 20)).to_string(), "1.31");
        assert_eq!(Version::nearest((1, 99)), Version::newest());
        assert_eq!(Version::of((1, 99)), None);
    }
}
