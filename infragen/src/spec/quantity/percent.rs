//! A share of a whole, in percent.

use super::declare::number;
use super::nonsense::{Mistake, mistake};

/// Writes a [`Percent`] that the compiler has checked: `percent!(70)`.
#[macro_export]
macro_rules! percent {
    ($number:expr) => {{
        const CHECKED: $crate::spec::quantity::Percent = $crate::spec::quantity::Percent::literal($number);
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
