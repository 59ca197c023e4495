//! The name of an object: a label as RFC 1123 writes it.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`DnsLabel`] that the compiler has checked: `name!("coworking")`.
#[macro_export]
macro_rules! name {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::DnsLabel = $crate::spec::quantity::DnsLabel::literal($text);
        CHECKED
    }};
}

text! {
    /// A label of RFC 1123: 1 to 63 lower-case letters, digits and hyphens, neither first nor last a hyphen.
    ///
    /// It may start with a digit; Services before Kubernetes 1.34 may not, which the linter tells.
    #[derive(PartialOrd, Ord)]
    DnsLabel, "DNS label"
}

const LONGEST: usize = 63;
const EMPTY: Mistake = mistake!("a name is missing", "write a name such as coworking");
const TOO_LONG: Mistake = mistake!("a name is at most 63 characters long", "shorten it");
const UPPER_CASE: Mistake =
    mistake!("a name is written in lower case", "write coworking-api, not Coworking_API");
const UNDERSCORE: Mistake =
    mistake!("a name holds no underscore", "write a hyphen: coworking-api, not coworking_api");
const DOT: Mistake =
    mistake!("a name is one label, without a dot", "write a hyphen, or host!(\"db.example.com\")");
const SPACE: Mistake = mistake!("a name holds no space", "write a hyphen: coworking-api");
const CHARACTER: Mistake = mistake!(
    "a name holds lower-case letters a to z, digits and hyphens only",
    "leave the other characters out"
);
const HYPHEN: Mistake = mistake!("a name neither starts nor ends with a hyphen", "leave that hyphen out");

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'-', ..] | [.., b'-'] => return Err(HYPHEN),
        _ if text.len() > LONGEST => return Err(TOO_LONG),
        _ => {}
    }
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => {}
            b'A'..=b'Z' => return Err(UPPER_CASE),
            b'_' => return Err(UNDERSCORE),
            b'.' => return Err(DOT),
            b' ' => return Err(SPACE),
            _ => return Err(CHARACTER),
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
        accepts::<DnsLabel>(&["a", "0", "coworking", "a--b", "7-eleven", &"a".repeat(63)]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<DnsLabel>(&[
            ("", EMPTY),
            (&"a".repeat(64), TOO_LONG),
            ("Coworking", UPPER_CASE),
            ("a_b", UNDERSCORE),
            ("a.b", DOT),
            ("a b", SPACE),
            ("ä", CHARACTER),
            ("a/b", CHARACTER),
            ("-a", HYPHEN),
            ("a-", HYPHEN),
            ("-", HYPHEN),
        ]);
    }
}
