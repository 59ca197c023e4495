//! The path of a URL: where a probe asks.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`UrlPath`] that the compiler has checked: `path!("/health_check")`.
#[macro_export]
macro_rules! path {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::UrlPath = $crate::spec::quantity::UrlPath::literal($text);
        CHECKED
    }};
}

text! {
    /// The path of RFC 3986, absolute, without query and fragment; other characters are written as `%20`.
    #[derive(PartialOrd, Ord)]
    UrlPath, "URL path"
}

const EMPTY: Mistake = mistake!("a path is missing", "write at least `/`");
const URL: Mistake = mistake!("this is a whole URL", "write its path only: /health");
const RELATIVE: Mistake = mistake!("a path starts with `/`", "write /health, not health");
const SPACE: Mistake = mistake!("a path holds no space", "write %20");
const QUERY: Mistake = mistake!("a path holds no query", "leave out what stands from `?` on");
const FRAGMENT: Mistake = mistake!("a path holds no fragment", "leave out what stands from `#` on");
const ESCAPE: Mistake =
    mistake!("after `%` two hexadecimal digits are missing", "write %25 for the sign itself");
const CHARACTER: Mistake =
    mistake!("a path holds the characters of RFC 3986 only", "write the others in hexadecimal, such as %7B");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'h', b't', b't', b'p', b':', ..] | [b'h', b't', b't', b'p', b's', b':', ..] => return Err(URL),
        [b'/', ..] => {}
        _ => return Err(RELATIVE),
    }
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {}
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' => {}
            b'%' => match after {
                [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {}
                _ => return Err(ESCAPE),
            },
            b' ' => return Err(SPACE),
            b'?' => return Err(QUERY),
            b'#' => return Err(FRAGMENT),
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
        accepts::<UrlPath>(&["/", "/health_check", "/a/b/", "/a%20b", "/~x:@!$&'()*+,;=-."]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<UrlPath>(&[
            ("", EMPTY),
            ("http://a/b", URL),
            ("https://a/b", URL),
            ("health", RELATIVE),
            ("/a b", SPACE),
            ("/a?b=1", QUERY),
            ("/a#b", FRAGMENT),
            ("/100%", ESCAPE),
            ("/%2", ESCAPE),
            ("/%zz", ESCAPE),
            ("/{id}", CHARACTER),
            ("/ä", CHARACTER),
        ]);
    }
}
