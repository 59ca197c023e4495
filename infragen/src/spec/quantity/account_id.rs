//! The number of an AWS account.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`AccountId`] that the compiler has checked: `account!("111122223333")`.
#[macro_export]
macro_rules! account {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::AccountId = $crate::spec::quantity::AccountId::literal($text);
        CHECKED
    }};
}

text! {
    /// The twelve digits of an AWS account; text, because it may start with zeros.
    #[derive(PartialOrd, Ord)]
    AccountId, "AWS account"
}

const HYPHENS: Mistake =
    mistake!("an AWS account is written without hyphens", "write 111122223333, not 1111-2222-3333");
const DIGITS: Mistake =
    mistake!("an AWS account is digits only", "write the number, not the alias: 111122223333");
const LENGTH: Mistake = mistake!(
    "an AWS account has exactly 12 digits",
    "write all of them, zeros at the start too: 111122223333"
);

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [b'0'..=b'9', ..] if scan::find(text, b'-').is_some() => Err(HYPHENS),
        [_, ..] if !scan::is_digits(text) => Err(DIGITS),
        _ if text.len() != 12 => Err(LENGTH),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<AccountId>(&["111122223333", "000000000001"]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<AccountId>(&[
            ("", LENGTH),
            ("1234", LENGTH),
            ("1111222233334", LENGTH),
            ("1111-2222-3333", HYPHENS),
            ("coworking", DIGITS),
            ("11112222333x", DIGITS),
        ]);
    }
}
