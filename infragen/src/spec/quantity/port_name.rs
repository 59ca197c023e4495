//! The name of a container's or Service's port.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`PortName`] that the compiler has checked: `port_name!("http")`.
#[macro_export]
macro_rules! port_name {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::PortName = $crate::spec::quantity::PortName::literal($text);
        CHECKED
    }};
}

text! {
    /// A name of RFC 6335: 1 to 15 lower-case letters, digits and single hyphens, a letter among them, a hyphen
    /// neither first nor last.
    #[derive(PartialOrd, Ord)]
    PortName, "port name"
}

const LONGEST: usize = 15;
const EMPTY: Mistake = mistake!("a port name is missing", "write a name such as http");
const TOO_LONG: Mistake =
    mistake!("a port name is at most 15 characters long", "shorten it: http, metrics, grpc");
const NUMBER: Mistake =
    mistake!("a port name holds a letter", "write a name such as http, and the number as port!(8080)");
const UPPER_CASE: Mistake = mistake!("a port name is written in lower case", "write http, not HTTP");
const UNDERSCORE: Mistake = mistake!("a port name holds no underscore", "write a hyphen: http-api");
const HYPHEN: Mistake =
    mistake!("a hyphen stands between letters or digits, never first, last or twice", "write http-api");
const CHARACTER: Mistake = mistake!(
    "a port name holds lower-case letters, digits and hyphens only",
    "leave the other characters out"
);

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'-', ..] | [.., b'-'] => return Err(HYPHEN),
        _ if text.len() > LONGEST => return Err(TOO_LONG),
        _ => {}
    }
    let mut letters = false;
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match (byte, after) {
            (b'a'..=b'z', _) => letters = true,
            (b'-', [b'-', ..]) => return Err(HYPHEN),
            (b'0'..=b'9' | b'-', _) => {}
            (b'A'..=b'Z', _) => return Err(UPPER_CASE),
            (b'_', _) => return Err(UNDERSCORE),
            _ => return Err(CHARACTER),
        }
        rest = after;
    }
    if letters { Ok(()) } else { Err(NUMBER) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<PortName>(&["http", "a", "8080-tcp", "a-b-c", &"a".repeat(15)]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<PortName>(&[
            ("", EMPTY),
            (&"a".repeat(16), TOO_LONG),
            ("8080", NUMBER),
            ("80-80", NUMBER),
            ("HTTP", UPPER_CASE),
            ("http_api", UNDERSCORE),
            ("-a", HYPHEN),
            ("a-", HYPHEN),
            ("a--b", HYPHEN),
            ("a.b", CHARACTER),
        ]);
    }
}
