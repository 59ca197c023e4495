//! A span of time in whole seconds, as probes and grace periods count it.

use super::declare::number;
use super::nonsense::{Mistake, mistake};

/// Writes [`Seconds`] that the compiler has checked: `seconds!(30)`.
#[macro_export]
macro_rules! seconds {
    ($number:expr) => {{
        const CHECKED: $crate::spec::quantity::Seconds =
            $crate::spec::quantity::Seconds::literal($number as i128);
        CHECKED
    }};
}

number! {
    /// A number of seconds, 0 to 2³¹ − 1 (Kubernetes keeps them in 32 bits with a sign); displays as `30s`.
    Seconds(u32), "s", "number of seconds"
}

impl Seconds {
    /// The number of seconds.
    pub const fn number(self) -> u32 {
        self.0
    }
}

const NEGATIVE: Mistake = mistake!("a span of time cannot be negative", "write seconds!(0) or more");
const TOO_LONG: Mistake = mistake!(
    "this is longer than 68 years, the most that Kubernetes counts",
    "write seconds, not milliseconds"
);
const NOT_A_NUMBER: Mistake = mistake!("seconds are a whole number", "write a number such as 30");

const fn check(number: i128) -> Result<u32, Mistake> {
    match number {
        0..=0x7fff_ffff => Ok(number as u32),
        ..0 => Err(NEGATIVE),
        _ => Err(TOO_LONG),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses, rewrites};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Seconds>(&["0s", "30s", "2147483647s"]);
    }

    #[test]
    fn writes_the_canonical_form() {
        rewrites::<Seconds>(&[("30", "30s")]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Seconds>(&[
            ("-1", NEGATIVE),
            ("2147483648", TOO_LONG),
            ("5m", NOT_A_NUMBER),
            ("s", NOT_A_NUMBER),
            ("+5", NOT_A_NUMBER),
        ]);
    }

    #[test]
    fn serializes_as_a_number() {
        assert_eq!(serde_json::to_string(&crate::seconds!(30)).unwrap(), "30");
        assert_eq!(crate::seconds!(30).number(), 30);
    }
}
