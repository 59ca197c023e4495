//! The version of a program, as semver.org writes it.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`SemanticVersion`] that the compiler has checked: `version!("1.4.2")`.
#[macro_export]
macro_rules! version {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::SemanticVersion =
            $crate::spec::quantity::SemanticVersion::literal($text);
        CHECKED
    }};
}

text! {
    /// `MAJOR.MINOR.PATCH`, with or without `-pre.release` and `+build`, as <https://semver.org> 2.0.0 writes it.
    SemanticVersion, "semantic version"
}

impl SemanticVersion {
    /// The tag of an image of this version. A tag holds no `+`: `_` stands in for it, as in Helm's charts.
    #[must_use]
    pub fn tag(&self) -> String {
        self.as_str().replace('+', "_")
    }
}

const EMPTY: Mistake = mistake!("a version is missing", "write major, minor and patch: 1.4.2");
const PREFIX: Mistake = mistake!("a semantic version is written without `v`", "write 1.4.2, not v1.4.2");
const THREE: Mistake =
    mistake!("a semantic version has three numbers", "write major, minor and patch: 1.4.2");
const NUMBER: Mistake = mistake!("major, minor and patch are numbers", "write 1.4.2");
const ZERO: Mistake = mistake!("a number does not start with a zero", "write 1.4.2, not 1.04.2");
const IDENTIFIER: Mistake = mistake!(
    "after `-` or `+` stand letters, digits and hyphens, in parts joined by dots",
    "write 1.4.2-rc.1 or 1.4.2+build.7"
);

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'v' | b'V', ..] => return Err(PREFIX),
        _ => {}
    }
    let (version, build) = scan::split(text, b'+');
    let (numbers, pre_release) = scan::split(version, b'-');
    let checks =
        [check_numbers(numbers), check_identifiers(pre_release, true), check_identifiers(build, false)];
    match checks {
        [Err(mistake), ..] | [_, Err(mistake), _] | [.., Err(mistake)] => Err(mistake),
        _ => Ok(()),
    }
}

const fn check_numbers(text: &[u8]) -> Result<(), Mistake> {
    let mut count = 0;
    let mut rest = Some(text);
    while let Some(numbers) = rest {
        let (number, after) = scan::split(numbers, b'.');
        match number {
            [b'0', _, ..] => return Err(ZERO),
            _ if !scan::is_digits(number) => return Err(NUMBER),
            _ => count += 1,
        }
        rest = after;
    }
    if count == 3 { Ok(()) } else { Err(THREE) }
}

const fn check_identifiers(text: Option<&[u8]>, numbers_are_short: bool) -> Result<(), Mistake> {
    let mut rest = text;
    while let Some(identifiers) = rest {
        let (identifier, after) = scan::split(identifiers, b'.');
        match identifier {
            [] => return Err(IDENTIFIER),
            [b'0', _, ..] if numbers_are_short && scan::is_digits(identifier) => return Err(ZERO),
            _ => {}
        }
        let mut bytes = identifier;
        while let [byte, after @ ..] = bytes {
            if !byte.is_ascii_alphanumeric() && *byte != b'-' {
                return Err(IDENTIFIER);
            }
            bytes = after;
        }
        rest = after;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<SemanticVersion>(&["0.0.0", "1.4.2", "1.4.2-rc.1", "1.4.2+build.007", "1.0.0-0a.-.b+x-y"]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<SemanticVersion>(&[
            ("", EMPTY),
            ("v1.4.2", PREFIX),
            ("1.4", THREE),
            ("1.4.2.1", THREE),
            ("1.x.2", NUMBER),
            ("1..2", NUMBER),
            ("latest", NUMBER),
            ("1.04.2", ZERO),
            ("1.4.2-01", ZERO),
            ("1.4.2-", IDENTIFIER),
            ("1.4.2+", IDENTIFIER),
            ("1.4.2-a..b", IDENTIFIER),
            ("1.4.2+a_b", IDENTIFIER),
            ("1.4.2+a+b", IDENTIFIER),
        ]);
    }
}
