//! A key of a ConfigMap or Secret.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`DataKey`] that the compiler has checked: `key!("password")`.
#[macro_export]
macro_rules! key {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::DataKey = $crate::spec::quantity::DataKey::literal($text);
        CHECKED
    }};
}

text! {
    /// 1 to 253 letters, digits, `-`, `_` and `.`, neither `.` nor starting with `..`: it may become a file's name.
    #[derive(PartialOrd, Ord)]
    DataKey, "data key"
}

const LONGEST: usize = 253;
const EMPTY: Mistake = mistake!("a data key is missing", "write a key such as password");
const TOO_LONG: Mistake = mistake!("a data key is at most 253 characters long", "shorten it");
const DOTS: Mistake =
    mistake!("a data key may become a file, and `.` and `..` are directories", "write a name");
const SLASH: Mistake =
    mistake!("a data key holds no `/`, since it may become a file", "write a dot: tls.key");
const SPACE: Mistake = mistake!("a data key holds no space", "write a hyphen: database-password");
const CHARACTER: Mistake =
    mistake!("a data key holds letters, digits, `-`, `_` and `.` only", "leave the other characters out");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'.'] | [b'.', b'.', ..] => return Err(DOTS),
        _ if text.len() > LONGEST => return Err(TOO_LONG),
        _ => {}
    }
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {}
            b'/' => return Err(SLASH),
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
        accepts::<DataKey>(&["password", "tls.crt", ".env", "A_b-c", "-", &"a".repeat(253)]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<DataKey>(&[
            ("", EMPTY),
            (&"a".repeat(254), TOO_LONG),
            (".", DOTS),
            ("..", DOTS),
            ("..a", DOTS),
            ("a/b", SLASH),
            ("a b", SPACE),
            ("ä", CHARACTER),
            ("a:b", CHARACTER),
        ]);
    }
}
