//! The key of a label or annotation.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{host_name, label_value, scan};

/// Writes a [`LabelKey`] that the compiler has checked: `label_key!("app.kubernetes.io/name")`.
#[macro_export]
macro_rules! label_key {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::LabelKey = $crate::spec::quantity::LabelKey::literal($text);
        CHECKED
    }};
}

text! {
    /// A name like a [`LabelValue`](super::LabelValue), but not empty, with or without a DNS name and `/` before it.
    #[derive(PartialOrd, Ord)]
    LabelKey, "label key"
}

const EMPTY: Mistake =
    mistake!("the name of a label is missing", "write a key such as team or example.com/team");
const NO_PREFIX: Mistake =
    mistake!("before `/` the prefix is missing", "write example.com/team, or team alone");
const TWO_SLASHES: Mistake = mistake!("a label key holds one `/` at most", "write example.com/team");
const VALUE: Mistake =
    mistake!("the value is not part of the key", "write the key here and the value in its own field");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    if scan::find(text, b'=').is_some() || scan::find(text, b':').is_some() {
        return Err(VALUE);
    }
    let (prefix, name) = match scan::split(text, b'/') {
        (name, None) => (None, name),
        (prefix, Some(name)) => (Some(prefix), name),
    };
    match (prefix, name) {
        (Some([]), _) => return Err(NO_PREFIX),
        (_, []) => return Err(EMPTY),
        (Some(_), name) if scan::find(name, b'/').is_some() => return Err(TWO_SLASHES),
        _ => {}
    }
    if let Some(prefix) = prefix
        && let Err(mistake) = host_name::check(prefix)
    {
        return Err(mistake);
    }
    label_value::check(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<LabelKey>(&[
            "team",
            "app.kubernetes.io/name",
            "elbv2.k8s.aws/pod-readiness-gate-inject",
            "a/B_c",
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<LabelKey>(&[
            ("", EMPTY),
            ("a/", EMPTY),
            ("/a", NO_PREFIX),
            ("a/b/c", TWO_SLASHES),
            ("team=data", VALUE),
            ("team: data", VALUE),
        ]);
    }

    #[test]
    fn each_part_has_its_own_rules() {
        assert!(LabelKey::parse("Example.com/team").is_err(), "the prefix is a DNS name");
        assert!(LabelKey::parse("-team").is_err(), "the name is like a value");
        assert!(LabelKey::parse(&"a".repeat(64)).is_err());
    }
}
