//! A share of a whole, in percent.

use super::declare::number;
use super::nonsense::{Mistake, mistake};

/// Writes a [`Percent`] that the compiler has checked: `percent!(70)`.
#[macro_export]
macro_rules! percent {
    ($number:expr) => {{
        const CHECKED: $crate::spec::quantity::Percent =
            $crate::spec::quantity::Percent::literal($number as i128);
        CHECKED
    }};
}

number! {
    /// A percentage from 1 to 100; displays as `70%`, serializes as the number `70`.
    Percent(u8), "%", "percentage"
}

impl Percent {
    /// The percentage, 1 to 100.
    pub const fn value(self) -> u8 {
        self.0
    }
}

const ZERO: Mistake = mistake!("a percentage is at least 1", "write percent!(1) to percent!(100)");
const TOO_MUCH: Mistake =
    mistake!("a percentage is at most 100", "write percent!(1) to percent!(100): 70, not 700");
const NOT_A_NUMBER: Mistake = mistake!("a percentage is a whole number", "write a number from 1 to 100");

const fn check(number: i128) -> Result<u8, Mistake> {
    match number {
        1..=100 => Ok(number as u8),
        ..1 => Err(ZERO),
        _ => Err(TOO_MUCH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses, rewrites};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Percent>(&["1%", "70%", "100%"]);
    }

    #[test]
    fn writes_the_canonical_form() {
        rewrites::<Percent>(&[("70", "70%")]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Percent>(&[
            ("0", ZERO),
            ("-1", ZERO),
            ("101", TOO_MUCH),
            ("700%", TOO_MUCH),
            ("", NOT_A_NUMBER),
            ("0.7", NOT_A_NUMBER),
            ("+7", NOT_A_NUMBER),
            ("%", NOT_A_NUMBER),
            ("7%%", NOT_A_NUMBER),
        ]);
    }

    #[test]
    fn serializes_as_a_number() {
        assert_eq!(serde_json::to_string(&crate::percent!(70)).unwrap(), "70");
        assert_eq!(Percent::from_number(70_u32).unwrap().value(), 70);
        assert_eq!(Percent::from_number(0_u8).unwrap_err().mistake(), ZERO);
    }
}
