//! The tag of an image: which version of a repository.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`ImageTag`] that the compiler has checked: `tag!("1.4.2")`.
#[macro_export]
macro_rules! tag {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::ImageTag = $crate::spec::quantity::ImageTag::literal($text);
        CHECKED
    }};
}

text! {
    /// A tag: 1 to 128 letters, digits, `_`, `.` and `-`, not starting with `.` or `-`, and never `latest`.
    ImageTag, "image tag"
}

const LONGEST: usize = 128;
const EMPTY: Mistake =
    mistake!("an image tag is missing", "write the version after the colon: postgres:17.2");
const LATEST: Mistake =
    mistake!("`latest` is another image tomorrow", "write a version that stays, such as 1.4.2, or a digest");
const TOO_LONG: Mistake = mistake!("an image tag is at most 128 characters long", "shorten it");
const START: Mistake = mistake!("an image tag starts with a letter, a digit or `_`", "write 1.4.2");
const CHARACTER: Mistake = mistake!(
    "an image tag holds letters, digits, `_`, `.` and `-` only",
    "leave the other characters out, `+` too"
);

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        b"latest" => return Err(LATEST),
        [b'.' | b'-', ..] => return Err(START),
        _ if text.len() > LONGEST => return Err(TOO_LONG),
        _ => {}
    }
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' => {}
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
        accepts::<ImageTag>(&["1.4.2", "_", "V1-rc.1_x", "latest-2", &"a".repeat(128)]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<ImageTag>(&[
            ("", EMPTY),
            ("latest", LATEST),
            (&"a".repeat(129), TOO_LONG),
            (".1", START),
            ("-1", START),
            ("1.4.2+7", CHARACTER),
            ("a b", CHARACTER),
            ("a/b", CHARACTER),
        ]);
    }
}
