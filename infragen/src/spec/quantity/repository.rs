//! Where an image lives: a registry path, without tag and digest.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`Repository`] that the compiler has checked: `repository!("coworking-analytics")`.
#[macro_export]
macro_rules! repository {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::Repository =
            $crate::spec::quantity::Repository::literal($text);
        CHECKED
    }};
}

text! {
    /// A repository as the OCI distribution's reference grammar writes it: an optional registry (`host[:port]`),
    /// then parts of lower-case letters and digits, joined by `.`, `_`, `__` or hyphens; at most 255 characters.
    ///
    /// The grammar: <https://github.com/distribution/reference/blob/main/reference.go>.
    #[derive(PartialOrd, Ord)]
    Repository, "repository"
}

const LONGEST: usize = 255;
const EMPTY: Mistake = mistake!("a repository is missing", "write a repository such as library/postgres");
const TOO_LONG: Mistake = mistake!("a repository is at most 255 characters long", "shorten it");
const UPPER_CASE: Mistake = mistake!("a repository is written in lower case", "write nginx, not Nginx");
const SCHEME: Mistake = mistake!("a repository is no URL", "write ghcr.io/team/api, without https://");
const DIGEST: Mistake = mistake!("a repository holds no digest", "write the digest as digest!(\"sha256:…\")");
const TAG: Mistake = mistake!("a repository holds no tag", "write the tag as tag!(\"1.4.2\")");
const EMPTY_PART: Mistake = mistake!("a part between two slashes is missing", "write ghcr.io/team/api");
const NO_PATH: Mistake = mistake!("after the registry the repository is missing", "write ghcr.io/team/api");
const BAD_PORT: Mistake = mistake!("the port of the registry is none", "write localhost:5000/api");
const SEPARATOR: Mistake = mistake!(
    "a part starts and ends with a letter or digit, and joins them with one dot, one or two underscores, or hyphens",
    "write team/api or my-api"
);
const CHARACTER: Mistake = mistake!(
    "a repository holds lower-case letters, digits, dots, hyphens, underscores and slashes only",
    "leave the other characters out"
);

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        _ if scan::starts_with(text, b"http://") || scan::starts_with(text, b"https://") => {
            return Err(SCHEME);
        }
        _ if scan::has_upper_case(text) => return Err(UPPER_CASE),
        _ if scan::find(text, b'@').is_some() => return Err(DIGEST),
        _ if text.len() > LONGEST => return Err(TOO_LONG),
        _ => {}
    }
    let mut rest = match check_registry(text) {
        Ok(path) => Some(path),
        Err(mistake) => return Err(mistake),
    };
    while let Some(path) = rest {
        let (part, after) = scan::split(path, b'/');
        if let Err(mistake) = check_part(part) {
            return Err(mistake);
        }
        rest = after;
    }
    Ok(())
}

/// Checks the registry's port, and gives back the path with the registry's name, or without it where there is a
/// port; a first part is a registry when more parts follow and it holds a dot or a port, or is `localhost`.
const fn check_registry(text: &[u8]) -> Result<&[u8], Mistake> {
    let (first, path) = scan::split(text, b'/');
    match (scan::split(first, b':'), path) {
        ((_, None), _) => Ok(text),
        ((_, Some(_)), None) => Err(TAG),
        ((host, Some(port)), Some(path)) => match (check_part(host), scan::number(port)) {
            (Err(mistake), _) => Err(mistake),
            (_, Some(1..=65535)) if path.is_empty() => Err(NO_PATH),
            (_, Some(1..=65535)) => Ok(path),
            _ => Err(BAD_PORT),
        },
    }
}

const fn check_part(part: &[u8]) -> Result<(), Mistake> {
    match part {
        [] => return Err(EMPTY_PART),
        [b'.' | b'_' | b'-', ..] | [.., b'.' | b'_' | b'-'] => return Err(SEPARATOR),
        _ => {}
    }
    let mut rest = part;
    while let [_, after @ ..] = rest {
        match rest {
            [b'a'..=b'z' | b'0'..=b'9', ..] => {}
            [b':', ..] => return Err(TAG),
            [b'_', b'_', b'_', ..] => return Err(SEPARATOR),
            [b'.', b'.' | b'_' | b'-', ..] | [b'_', b'.' | b'-', ..] | [b'-', b'.' | b'_', ..] => {
                return Err(SEPARATOR);
            }
            [b'.' | b'_' | b'-', ..] => {}
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
        accepts::<Repository>(&[
            "postgres",
            "library/postgres",
            "ghcr.io/team/api",
            "localhost:5000/api",
            "a.b_c__d--e/f",
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/coworking",
            &"a".repeat(255),
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Repository>(&[
            ("", EMPTY),
            (&"a".repeat(256), TOO_LONG),
            ("Nginx", UPPER_CASE),
            ("https://ghcr.io/a", SCHEME),
            ("http://a", SCHEME),
            ("a@sha256:0", DIGEST),
            ("nginx:1", TAG),
            ("ghcr.io/api:1", TAG),
            ("a//b", EMPTY_PART),
            ("/a", EMPTY_PART),
            ("a/", EMPTY_PART),
            ("localhost:5000/", NO_PATH),
            ("a:0/b", BAD_PORT),
            ("a:x/b", BAD_PORT),
            ("a:65536/b", BAD_PORT),
            ("-a", SEPARATOR),
            ("a.", SEPARATOR),
            ("a..b", SEPARATOR),
            ("a___b", SEPARATOR),
            ("a._b", SEPARATOR),
            ("a-_b", SEPARATOR),
            ("a_-b", SEPARATOR),
            ("-a:5000/b", SEPARATOR),
            ("a b", CHARACTER),
            ("ä", CHARACTER),
        ]);
    }
}
