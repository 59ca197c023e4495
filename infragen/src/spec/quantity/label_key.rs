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
