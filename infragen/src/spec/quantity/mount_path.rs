//! Where a volume appears inside a container.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`MountPath`] that the compiler has checked: `mount!("/tmp")`.
#[macro_export]
macro_rules! mount {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::MountPath = $crate::spec::quantity::MountPath::literal($text);
        CHECKED
    }};
}

text! {
    /// An absolute path without `..`, `.`, `:` and a last slash, and not the root itself.
    #[derive(PartialOrd, Ord)]
    MountPath, "mount path"
}

const EMPTY: Mistake = mistake!("a mount path is missing", "write an absolute path such as /tmp");
const HOME: Mistake = mistake!("`~` is not expanded in a container", "write the whole path: /home/app");
const RELATIVE: Mistake = mistake!("a mount path starts with `/`", "write /tmp, not tmp");
const ROOT: Mistake = mistake!("a volume on `/` hides the whole image", "write a directory such as /tmp");
const LAST_SLASH: Mistake = mistake!("a mount path does not end with a slash", "write /tmp, not /tmp/");
const COLON: Mistake = mistake!(
    "a mount path holds no `:`",
    "write the container's path only: /tmp, not volume:/tmp or /tmp:ro"
);
const UPWARD: Mistake = mistake!("a mount path holds no `..` and no `.`", "write where it leads to");
const TWO_SLASHES: Mistake = mistake!("a directory between two slashes is missing", "write one slash");
const CONTROL: Mistake = mistake!("a mount path holds no control character", "leave it out");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        _ if scan::find(text, b':').is_some() => return Err(COLON),
        [b'~', ..] => return Err(HOME),
        [b'/'] => return Err(ROOT),
        [b'/', .., b'/'] => return Err(LAST_SLASH),
        [b'/', ..] => {}
        _ => return Err(RELATIVE),
    }
    let mut rest = Some(text.split_at(1).1);
    while let Some(path) = rest {
        let (directory, after) = scan::split(path, b'/');
        match directory {
            [] => return Err(TWO_SLASHES),
            b".." | b"." => return Err(UPWARD),
            _ if has_control(directory) => return Err(CONTROL),
            _ => {}
        }
        rest = after;
    }
    Ok(())
}

const fn has_control(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        if byte.is_ascii_control() {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<MountPath>(&["/tmp", "/var/lib/data", "/a b", "/..."]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<MountPath>(&[
            ("", EMPTY),
            ("~/x", HOME),
            ("tmp", RELATIVE),
            ("/", ROOT),
            ("/tmp/", LAST_SLASH),
            ("/tmp:ro", COLON),
            ("/a/../b", UPWARD),
            ("/a/./b", UPWARD),
            ("/..", UPWARD),
            ("//tmp", TWO_SLASHES),
            ("/a//b", TWO_SLASHES),
            ("/a\nb", CONTROL),
        ]);
    }
}
