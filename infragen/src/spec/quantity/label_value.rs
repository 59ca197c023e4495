//! The value of a label or selector.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`LabelValue`] that the compiler has checked: `label_value!("enabled")`.
#[macro_export]
macro_rules! label_value {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::LabelValue =
            $crate::spec::quantity::LabelValue::literal($text);
        CHECKED
    }};
}

text! {
    /// At most 63 letters, digits, `-`, `_` and `.`, starting and ending with a letter or digit; may be empty.
    #[derive(PartialOrd, Ord)]
    LabelValue, "label value"
}

const LONGEST: usize = 63;
const TOO_LONG: Mistake =
    mistake!("a label holds at most 63 characters", "shorten it, or write an annotation");
const ENDS: Mistake = mistake!("a label starts and ends with a letter or digit", "leave out the sign there");
const SPACE: Mistake = mistake!("a label holds no space", "write a hyphen, or an annotation");
const CHARACTER: Mistake = mistake!(
    "a label holds letters, digits, `-`, `_` and `.` only",
    "leave the others out, or write an annotation"
);

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    if text.len() > LONGEST {
        return Err(TOO_LONG);
    }
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {}
            b' ' => return Err(SPACE),
            _ => return Err(CHARACTER),
        }
        rest = after;
    }
    match text {
        [b'-' | b'_' | b'.', ..] | [.., b'-' | b'_' | b'.'] => Err(ENDS),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<LabelValue>(&["", "enabled", "1.4.2", "a_b-c", "X", &"a".repeat(63)]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<LabelValue>(&[
            (&"a".repeat(64), TOO_LONG),
            ("-a", ENDS),
            ("a.", ENDS),
            ("_", ENDS),
            ("a b", SPACE),
            ("a/b", CHARACTER),
            ("a:b", CHARACTER),
            ("ä", CHARACTER),
        ]);
    }
}
