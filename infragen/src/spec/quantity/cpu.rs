//! Processor time, in Kubernetes' notation: `250m`, `0.5`, `2`.

use super::declare::measure;
use super::nonsense::{Mistake, mistake};
use super::scan;
use std::fmt;

/// Writes a [`Cpu`] that the compiler has checked: `cpu!("250m")`.
#[macro_export]
macro_rules! cpu {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::Cpu = $crate::spec::quantity::Cpu::literal($text);
        CHECKED
    }};
}

measure! {
    /// An amount of processor time: whole thousandths of a core, at least one, at most 10,000 cores.
    ///
    /// Reads cores (`2`), decimals with up to three places (`0.5`), and millicores (`250m`); displays as
    /// Kubernetes' canonical form does (`500m`, `2`).
    Cpu(u64), "CPU quantity"
}

const MOST_MILLICORES: u64 = 10_000_000;

impl Cpu {
    /// Takes thousandths of a core.
    pub fn from_millicores(millicores: u64) -> Result<Self, super::Nonsense> {
        in_range(millicores)
            .map(Self)
            .map_err(|mistake| super::Nonsense::new("CPU quantity", format_args!("{millicores}m"), mistake))
    }

    /// Thousandths of a core.
    pub const fn millicores(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text =
            if self.0.is_multiple_of(1000) { (self.0 / 1000).to_string() } else { format!("{}m", self.0) };
        formatter.pad(&text)
    }
}

const EMPTY: Mistake =
    mistake!("a CPU quantity is missing", "write cores or millicores such as 250m, 0.5 or 2");
const BINARY: Mistake = mistake!(
    "`Ki`, `Mi` and `Gi` measure memory, not CPU",
    "write memory!(\"500Mi\"), or a CPU quantity such as 500m"
);
const DECIMAL: Mistake = mistake!(
    "`M` is a million and `G` a billion of cores",
    "write a small m for thousandths of a core, such as 500m"
);
const PERCENT: Mistake =
    mistake!("a CPU quantity is counted in cores, not in percent", "write half a core as 500m");
const WORD: Mistake = mistake!(
    "a unit such as `cpu`, `cores` or `millicores` is not written",
    "write 2 for cores, 500m for thousandths"
);
const NEGATIVE: Mistake = mistake!("a CPU quantity cannot be negative", "write an amount such as 250m");
const SPACE: Mistake = mistake!("a CPU quantity holds no space", "write 250m, not `250 m`");
const COMMA: Mistake = mistake!("a decimal point is written `.`, not `,`", "write 0.5, or 500m");
const EXPONENT: Mistake = mistake!("an exponent hides the amount", "write cores in full, such as 2 or 0.5");
const TOO_FINE: Mistake =
    mistake!("a thousandth of a core is the finest that Kubernetes counts", "write millicores such as 250m");
const ZERO: Mistake = mistake!(
    "zero CPU asks for nothing, and a limit of zero is none",
    "write at least 1m, or leave the field out"
);
const TOO_MUCH: Mistake = mistake!(
    "no machine has more than 10000 cores",
    "write millicores with an m: 250m is a quarter of a core"
);
const NOT_A_NUMBER: Mistake =
    mistake!("this is not a number of cores", "write cores or millicores such as 250m, 0.5 or 2");

const fn check(text: &[u8]) -> Result<u64, Mistake> {
    let (number, scale) = match text {
        [] => return Err(EMPTY),
        [b'-', ..] => return Err(NEGATIVE),
        [.., b'K' | b'M' | b'G' | b'T' | b'P' | b'E', b'i' | b'I'] => return Err(BINARY),
        [.., b'%'] => return Err(PERCENT),
        [digits @ .., b'k' | b'M' | b'G' | b'T' | b'P' | b'E'] if scan::is_digits(digits) => {
            return Err(DECIMAL);
        }
        [digits @ .., b'n' | b'u'] if scan::is_digits(digits) => return Err(TOO_FINE),
        [number @ .., b'm'] => (number, 1),
        _ => (text, 1000),
    };
    if scan::find(text, b' ').is_some() {
        return Err(SPACE);
    }
    if scan::find(text, b',').is_some() {
        return Err(COMMA);
    }
    let (whole, decimals) = scan::split(number, b'.');
    let millicores = match (scan::number(whole), decimals, scale) {
        (Some(whole), None, scale) => whole.saturating_mul(scale),
        (Some(_), Some(_), 1) => return Err(TOO_FINE),
        (Some(whole), Some(decimals), _) => match thousandths(decimals) {
            Ok(thousandths) => whole.saturating_mul(1000).saturating_add(thousandths),
            Err(mistake) => return Err(mistake),
        },
        (None, None, _) if scan::is_digits(whole) => return Err(TOO_MUCH),
        (None, _, _) => return Err(not_a_number(number)),
    };
    in_range(millicores)
}

const fn in_range(millicores: u64) -> Result<u64, Mistake> {
    match millicores {
        0 => Err(ZERO),
        1..=MOST_MILLICORES => Ok(millicores),
        _ => Err(TOO_MUCH),
    }
}

/// Reads decimal places as thousandths: `5` is 500.
const fn thousandths(decimals: &[u8]) -> Result<u64, Mistake> {
    match (scan::number(decimals), decimals.len()) {
        (Some(number), 1) => Ok(number * 100),
        (Some(number), 2) => Ok(number * 10),
        (Some(number), 3) => Ok(number),
        (None, _) if !scan::is_digits(decimals) => Err(not_a_number(decimals)),
        _ => Err(TOO_FINE),
    }
}

/// Tells which of the usual slips made the number unreadable.
const fn not_a_number(text: &[u8]) -> Mistake {
    match text {
        [b'0'..=b'9', .., b'e' | b'E', b'0'..=b'9'] => EXPONENT,
        [b'0'..=b'9', .., b'a'..=b'z'] => WORD,
        _ => NOT_A_NUMBER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses, rewrites};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Cpu>(&["1m", "250m", "2", "10000"]);
    }

    #[test]
    fn writes_the_canonical_form() {
        rewrites::<Cpu>(&[
            ("0.5", "500m"),
            ("2.0", "2"),
            ("0.25", "250m"),
            ("1.005", "1005m"),
            ("2000m", "2"),
            ("0250m", "250m"),
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Cpu>(&[
            ("", EMPTY),
            ("500Mi", BINARY),
            ("1Gi", BINARY),
            ("500M", DECIMAL),
            ("50%", PERCENT),
            ("2cores", WORD),
            ("500millicores", WORD),
            ("-1", NEGATIVE),
            ("250 m", SPACE),
            ("0,5", COMMA),
            ("1e3", EXPONENT),
            ("2E1", EXPONENT),
            ("0.0005", TOO_FINE),
            ("0.5m", TOO_FINE),
            ("500u", TOO_FINE),
            ("500n", TOO_FINE),
            ("0", ZERO),
            ("0m", ZERO),
            ("0.000", ZERO),
            ("10001", TOO_MUCH),
            ("99999999999999999999", TOO_MUCH),
            ("18446744073709551615", TOO_MUCH),
            ("m", NOT_A_NUMBER),
            (".5", NOT_A_NUMBER),
            ("5.", NOT_A_NUMBER),
            ("+1", NOT_A_NUMBER),
        ]);
    }

    #[test]
    fn serializes_as_its_canonical_text() {
        assert_eq!(serde_json::to_string(&crate::cpu!("0.5")).unwrap(), "\"500m\"");
        assert_eq!(Cpu::from_millicores(1500).unwrap().millicores(), 1500);
        assert_eq!(
            Cpu::from_millicores(0).unwrap_err().to_string(),
            "`0m` is no CPU quantity: ".to_owned() + ZERO.what
        );
    }
}
