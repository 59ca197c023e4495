//! The Kubernetes version whose controls are meant.

/// A minor version of Kubernetes 1, or the latest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u32);

impl Version {
    /// Newer than every version that has a number.
    pub const LATEST: Self = Self(u32::MAX);

    /// Kubernetes 1 with this minor version.
    #[must_use]
    pub const fn minor(minor: u32) -> Self {
        Self(minor)
    }

    /// What a label says: `latest`, or such as `v1.33`.
    #[must_use]
    pub fn from_label(text: &str) -> Option<Self> {
        if text == "latest" {
            return Some(Self::LATEST);
        }
        let minor = text.strip_prefix("v1.")?;
        let is_plain =
            minor.bytes().all(|byte| byte.is_ascii_digit()) && (minor == "0" || !minor.starts_with('0'));
        // A number of more than 32 bits is newer than every version that there is.
        (is_plain && !minor.is_empty()).then(|| minor.parse().map_or(Self::LATEST, Self))
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn a_label_is_read_as_the_plugin_reads_it() {
        for (label, expected) in [
            ("latest", Some(Version::LATEST)),
            ("v1.0", Some(Version::minor(0))),
            ("v1.33", Some(Version::minor(33))),
            ("v1.99999999999", Some(Version::LATEST)),
        ] {
            assert_eq!(Version::from_label(label), expected, "{label}");
        }
        for label in ["", "1.33", "v1", "v1.", "v1.033", "v1.+3", "v1.33.1", "v2.0", "Latest"] {
            assert_eq!(Version::from_label(label), None, "{label}");
        }
    }
}
