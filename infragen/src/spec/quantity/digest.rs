//! The digest of an image: its content, and nothing else.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`Digest`] that the compiler has checked: `digest!("sha256:…")`.
#[macro_export]
macro_rules! digest {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::Digest = $crate::spec::quantity::Digest::literal($text);
        CHECKED
    }};
}

text! {
    /// A digest: `sha256:` and 64 lower-case hexadecimal digits.
    #[derive(PartialOrd, Ord)]
    Digest, "image digest"
}

const ALGORITHM: Mistake =
    mistake!("an image digest starts with `sha256:`", "write sha256: and 64 hexadecimal digits");
const LENGTH: Mistake = mistake!(
    "the SHA-256 of an image has exactly 64 hexadecimal digits",
    "copy the whole digest, as `docker inspect` or the registry shows it"
);
const UPPER_CASE: Mistake =
    mistake!("the digits of a digest are written in lower case", "write a to f, not A to F");
const CHARACTER: Mistake =
    mistake!("a digest holds hexadecimal digits only, 0 to 9 and a to f", "copy it anew");

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    if !scan::starts_with(text, b"sha256:") {
        return Err(ALGORITHM);
    }
    let digits = text.split_at(b"sha256:".len()).1;
    let mut rest = digits;
    while let [byte, after @ ..] = rest {
        match byte {
            b'0'..=b'9' | b'a'..=b'f' => {}
            b'A'..=b'F' => return Err(UPPER_CASE),
            _ => return Err(CHARACTER),
        }
        rest = after;
    }
    if digits.len() == 64 { Ok(()) } else { Err(LENGTH) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Digest>(&[&format!("sha256:{}", "0a".repeat(32))]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Digest>(&[
            ("", ALGORITHM),
            ("sha512:00", ALGORITHM),
            (&"0a".repeat(32), ALGORITHM),
            ("sha256:", LENGTH),
            (&format!("sha256:{}", "0".repeat(63)), LENGTH),
            (&format!("sha256:{}", "0".repeat(65)), LENGTH),
            ("sha256:0A", UPPER_CASE),
            ("sha256:0g", CHARACTER),
        ]);
    }
}
