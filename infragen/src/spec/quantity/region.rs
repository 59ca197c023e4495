//! The AWS region in which something runs.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`Region`] that the compiler has checked: `region!("us-east-1")`.
#[macro_export]
macro_rules! region {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::Region = $crate::spec::quantity::Region::literal($text);
        CHECKED
    }};
}

text! {
    /// The code of an AWS region: words and a number, joined by hyphens. Regions not yet announced are accepted.
    #[derive(PartialOrd, Ord)]
    Region, "AWS region"
}

const EMPTY: Mistake = mistake!("a region is missing", "write a region such as us-east-1");
const UPPER_CASE: Mistake = mistake!("a region is written in lower case", "write us-east-1, not US-EAST-1");
const UNDERSCORE: Mistake = mistake!("a region is written with hyphens", "write us-east-1, not us_east_1");
const ZONE: Mistake =
    mistake!("this is an availability zone", "leave the last letter out: us-east-1, not us-east-1a");
const SHAPE: Mistake = mistake!(
    "a region is words and a number, all joined by hyphens",
    "write us-east-1, not us-east1 or useast-1"
);

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [.., b'-', b'1'..=b'9', b'a'..=b'z'] => return Err(ZONE),
        _ if scan::has_upper_case(text) => return Err(UPPER_CASE),
        _ if scan::find(text, b'_').is_some() => return Err(UNDERSCORE),
        _ => {}
    }
    let words = match text {
        [words @ .., b'-', b'1'..=b'9'] | [words @ .., b'-', b'1'..=b'9', b'0'..=b'9'] => words,
        _ => return Err(SHAPE),
    };
    let mut hyphens = 0;
    let mut rest = words;
    while let [_, after @ ..] = rest {
        match rest {
            [b'a'..=b'z', ..] => {}
            [b'-', b'a'..=b'z', ..] if rest.len() < words.len() => hyphens += 1,
            _ => return Err(SHAPE),
        }
        rest = after;
    }
    if hyphens >= 1 { Ok(()) } else { Err(SHAPE) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Region>(&[
            "us-east-1",
            "ap-southeast-2",
            "us-gov-west-1",
            "us-iso-east-1",
            "eusc-de-east-1",
            "xx-yy-12",
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Region>(&[
            ("", EMPTY),
            ("US-EAST-1", UPPER_CASE),
            ("us_east_1", UNDERSCORE),
            ("us-east-1a", ZONE),
            ("us-east1", SHAPE),
            ("useast-1", SHAPE),
            ("us-east-0", SHAPE),
            ("us-east-", SHAPE),
            ("us--east-1", SHAPE),
            ("-us-east-1", SHAPE),
            ("us-east", SHAPE),
            ("us-e4st-1", SHAPE),
            ("global", SHAPE),
        ]);
    }
}
