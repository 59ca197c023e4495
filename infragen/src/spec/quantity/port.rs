//! A port of TCP or UDP.

use super::declare::number;
use super::nonsense::{Mistake, mistake};

/// Writes a [`Port`] that the compiler has checked: `port!(5153)`.
#[macro_export]
macro_rules! port {
    ($number:expr) => {{
        const CHECKED: $crate::spec::quantity::Port = $crate::spec::quantity::Port::literal($number as i128);
        CHECKED
    }};
}

number! {
    /// A port number from 1 to 65535.
    Port(u16), "", "port"
}

impl Port {
    /// The number, 1 to 65535.
    pub const fn number(self) -> u16 {
        self.0
    }
}

const ZERO: Mistake = mistake!(
    "port 0 means `any free port`, which no other program can find",
    "write port!(1) to port!(65535)"
);
const NEGATIVE: Mistake = mistake!("a port cannot be negative", "write port!(1) to port!(65535)");
const TOO_HIGH: Mistake = mistake!("the highest port is 65535", "write port!(1) to port!(65535)");
const NOT_A_NUMBER: Mistake = mistake!("a port is a whole number", "write a number from 1 to 65535");

const fn check(number: i128) -> Result<u16, Mistake> {
    match number {
        1..=65535 => Ok(number as u16),
        0 => Err(ZERO),
        ..0 => Err(NEGATIVE),
        _ => Err(TOO_HIGH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Port>(&["1", "8080", "65535"]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Port>(&[
            ("0", ZERO),
            ("-1", NEGATIVE),
            ("65536", TOO_HIGH),
            ("http", NOT_A_NUMBER),
            ("", NOT_A_NUMBER),
            ("+80", NOT_A_NUMBER),
        ]);
    }

    #[test]
    fn serializes_as_a_number() {
        assert_eq!(serde_json::to_string(&crate::port!(5153)).unwrap(), "5153");
        assert_eq!(Port::from_number(5153_u16).unwrap().number(), 5153);
    }
}
