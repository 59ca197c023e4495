//! The minor version of a cluster.

use super::declare::measure;
use super::nonsense::{Mistake, mistake};
use super::scan;
use std::fmt;

/// Writes a [`KubernetesVersion`] that the compiler has checked: `kubernetes!("1.34")`.
#[macro_export]
macro_rules! kubernetes {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::KubernetesVersion =
            $crate::spec::quantity::KubernetesVersion::literal($text);
        CHECKED
    }};
}

measure! {
    /// A minor version of Kubernetes, `1.31` to `1.99`: what a cluster is created with, never a patch.
    KubernetesVersion(u8), "Kubernetes version"
}

const OLDEST: u64 = 31;

impl KubernetesVersion {
    /// The major version: always 1.
    pub const fn major(self) -> u8 {
        1
    }

    /// The minor version: 34 of `1.34`.
    pub const fn minor(self) -> u8 {
        self.0
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("1.{}", self.0))
    }
}

const EMPTY: Mistake = mistake!("a version of Kubernetes is missing", "write major and minor: 1.34");
const PREFIX: Mistake = mistake!("a version of Kubernetes is written without `v`", "write 1.34, not v1.34");
const PATCH: Mistake = mistake!(
    "a cluster is told its minor version, and the provider picks the patch",
    "write 1.34, not 1.34.2"
);
const MAJOR: Mistake = mistake!("the major version of Kubernetes is 1", "write major and minor: 1.34");
const TOO_OLD: Mistake = mistake!("infragen knows Kubernetes from 1.31 on", "write 1.31 or later");
const TOO_NEW: Mistake = mistake!("no minor version has three digits", "write major and minor: 1.34");
const SHAPE: Mistake = mistake!("this is no version of Kubernetes", "write major and minor: 1.34");

const fn check(text: &[u8]) -> Result<u8, Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'v' | b'V', ..] => return Err(PREFIX),
        _ => {}
    }
    let (major, Some(digits)) = scan::split(text, b'.') else { return Err(SHAPE) };
    match (major, scan::number(digits)) {
        (b"1", Some(minor @ OLDEST..=99)) if digits.len() == 2 => Ok(minor as u8),
        (b"1", Some(..OLDEST)) if digits[0] != b'0' => Err(TOO_OLD),
        (b"1", Some(100..)) => Err(TOO_NEW),
        (b"1", None) if scan::find(digits, b'.').is_some() => Err(PATCH),
        (b"1", _) => Err(SHAPE),
        _ if scan::is_digits(major) => Err(MAJOR),
        _ => Err(SHAPE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<KubernetesVersion>(&["1.31", "1.34", "1.99"]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<KubernetesVersion>(&[
            ("", EMPTY),
            ("v1.34", PREFIX),
            ("1.34.2", PATCH),
            ("2.0", MAJOR),
            ("1.30", TOO_OLD),
            ("1.9", TOO_OLD),
            ("1.100", TOO_NEW),
            ("1", SHAPE),
            ("1.", SHAPE),
            ("1.034", SHAPE),
            ("1.04", SHAPE),
            ("1.x", SHAPE),
            ("x.34", SHAPE),
            (".34", SHAPE),
        ]);
    }

    #[test]
    fn later_is_greater() {
        assert!(crate::kubernetes!("1.34") > crate::kubernetes!("1.33"));
        assert_eq!((crate::kubernetes!("1.34").major(), crate::kubernetes!("1.34").minor()), (1, 34));
    }
}
