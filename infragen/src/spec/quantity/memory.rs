//! Bytes of memory or storage, in Kubernetes' notation: `256Mi`, `1Gi`, `500M`.

use std::fmt;

use super::declare::measure;
use super::nonsense::{Mistake, mistake};
use super::scan;

/// Writes a [`Memory`] that the compiler has checked: `memory!("256Mi")`.
#[macro_export]
macro_rules! memory {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::Memory = $crate::spec::quantity::Memory::literal($text);
        CHECKED
    }};
}

measure! {
    /// An amount of memory or storage: whole bytes, at least one page (4096), at most 2⁶³ − 1 as in Kubernetes.
    ///
    /// Reads whole numbers with `Ki` to `Pi` (powers of 1024), with `k` to `P` (powers of 1000), or plain bytes.
    /// Displays with the largest binary suffix that divides it, or a decimal one where that is shorter.
    Memory(u64), "memory quantity"
}

const PAGE: u64 = 4096;
const MOST: u64 = i64::MAX as u64;

impl Memory {
    /// Takes bytes.
    pub fn from_bytes(bytes: u64) -> Result<Self, super::Nonsense> {
        in_range(bytes, 1)
            .map(Self)
            .map_err(|mistake| super::Nonsense::new("memory quantity", bytes, mistake))
    }

    /// Bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let binary = largest_suffix(self.0, 1024, ["", "Ki", "Mi", "Gi", "Ti", "Pi"]);
        let decimal = largest_suffix(self.0, 1000, ["", "k", "M", "G", "T", "P"]);
        let (number, suffix) = if decimal.0 < binary.0 { decimal } else { binary };
        formatter.pad(&format!("{number}{suffix}"))
    }
}

/// Divides by `step` as often as nothing is left over and a suffix can say it.
fn largest_suffix(bytes: u64, step: u64, suffixes: [&'static str; 6]) -> (u64, &'static str) {
    let mut written = (bytes, suffixes[0]);
    for suffix in &suffixes[1..] {
        if !written.0.is_multiple_of(step) {
            break;
        }
        written = (written.0 / step, suffix);
    }
    written
}

const EMPTY: Mistake = mistake!("a memory quantity is missing", "write an amount such as 256Mi or 1Gi");
const MILLI: Mistake = mistake!(
    "`m` means thousandths, here of a byte",
    "write 500Mi (binary) or 500M (decimal), or cpu!(\"500m\")"
);
const BYTE: Mistake =
    mistake!("`B` is not written in Kubernetes", "write 512Mi (binary) or 512M (decimal), not 512MB");
const LOWER_CASE: Mistake = mistake!(
    "suffixes are written Ki, Mi, Gi, Ti or k, M, G, T, with these capitals",
    "write 512Mi, not 512mi"
);
const CAPITAL_K: Mistake =
    mistake!("a thousand bytes is a small `k`", "write 512k (decimal) or 512Ki (binary)");
const SPACE: Mistake = mistake!("a memory quantity holds no space", "write 512Mi, not `512 Mi`");
const DECIMALS: Mistake = mistake!("a memory quantity is a whole number", "write 1536Mi, not 1.5Gi");
const NEGATIVE: Mistake = mistake!("a memory quantity cannot be negative", "write an amount such as 256Mi");
const EXPONENT: Mistake = mistake!("an exponent hides the amount", "write a suffix: 1G, not 1e9");
const PERCENT: Mistake = mistake!("a memory quantity is counted in bytes, not in percent", "write 512Mi");
const ZERO: Mistake =
    mistake!("zero memory holds nothing", "write an amount such as 64Mi, or leave the field out");
const NO_SUFFIX: Mistake = mistake!(
    "without a suffix this counts bytes, fewer than one page of 4096",
    "write the suffix: 512Mi or 1Gi"
);
const TOO_SMALL: Mistake =
    mistake!("this is less than one page of memory, 4Ki", "write an amount such as 64Mi");
const TOO_MUCH: Mistake =
    mistake!("this is more than 8Ei, the most that Kubernetes counts", "write an amount such as 8Gi");
const UNKNOWN_SUFFIX: Mistake =
    mistake!("this is no suffix that counts memory", "write Ki, Mi, Gi, Ti (binary) or k, M, G, T (decimal)");
const NOT_A_NUMBER: Mistake =
    mistake!("this is not a number of bytes", "write an amount such as 256Mi or 1Gi");

const fn check(text: &[u8]) -> Result<u64, Mistake> {
    let mut digits = 0;
    while digits < text.len() && text[digits].is_ascii_digit() {
        digits += 1;
    }
    let (number, suffix) = text.split_at(digits);
    match text {
        [] => return Err(EMPTY),
        [b'-', ..] => return Err(NEGATIVE),
        _ if digits == 0 => return Err(NOT_A_NUMBER),
        _ => {}
    }
    match (unit(suffix), scan::number(number)) {
        (Ok(unit), Some(number)) => in_range(number.saturating_mul(unit), unit),
        (Ok(_), None) => Err(TOO_MUCH),
        (Err(mistake), _) => Err(mistake),
    }
}

/// How many bytes a suffix stands for.
const fn unit(suffix: &[u8]) -> Result<u64, Mistake> {
    Ok(match suffix {
        b"" => 1,
        b"Ki" => 1 << 10,
        b"Mi" => 1 << 20,
        b"Gi" => 1 << 30,
        b"Ti" => 1 << 40,
        b"Pi" => 1 << 50,
        b"k" => 1_000,
        b"M" => 1_000_000,
        b"G" => 1_000_000_000,
        b"T" => 1_000_000_000_000,
        b"P" => 1_000_000_000_000_000,
        b"m" => return Err(MILLI),
        b"K" => return Err(CAPITAL_K),
        b"%" => return Err(PERCENT),
        [b' ', ..] => return Err(SPACE),
        [b'.' | b',', ..] => return Err(DECIMALS),
        [b'e' | b'E', b'0'..=b'9' | b'+' | b'-', ..] => return Err(EXPONENT),
        [.., b'b' | b'B'] => return Err(BYTE),
        [b'k' | b'm' | b'g' | b't' | b'p' | b'K' | b'M' | b'G' | b'T' | b'P', b'i' | b'I']
        | b"g"
        | b"t"
        | b"p" => {
            return Err(LOWER_CASE);
        }
        _ => return Err(UNKNOWN_SUFFIX),
    })
}

const fn in_range(bytes: u64, unit: u64) -> Result<u64, Mistake> {
    match bytes {
        0 => Err(ZERO),
        PAGE..=MOST => Ok(bytes),
        _ if bytes > MOST => Err(TOO_MUCH),
        _ if unit == 1 => Err(NO_SUFFIX),
        _ => Err(TOO_SMALL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses, rewrites};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Memory>(&["4Ki", "256Mi", "1Gi", "500M", "1T", "4097", "1Pi"]);
    }

    #[test]
    fn writes_the_canonical_form() {
        rewrites::<Memory>(&[
            ("1024Mi", "1Gi"),
            ("1536Mi", "1536Mi"),
            ("4096", "4Ki"),
            ("1000M", "1G"),
            ("1000000Ki", "1024M"),
            ("9223372036854775807", "9223372036854775807"),
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Memory>(&[
            ("", EMPTY),
            ("500m", MILLI),
            ("512MB", BYTE),
            ("512mb", BYTE),
            ("1GiB", BYTE),
            ("512B", BYTE),
            ("512mi", LOWER_CASE),
            ("1g", LOWER_CASE),
            ("1gi", LOWER_CASE),
            ("1MI", LOWER_CASE),
            ("512K", CAPITAL_K),
            ("512 Mi", SPACE),
            ("1.5Gi", DECIMALS),
            ("1,5Gi", DECIMALS),
            ("-1Gi", NEGATIVE),
            ("1e9", EXPONENT),
            ("1E+9", EXPONENT),
            ("50%", PERCENT),
            ("0", ZERO),
            ("0Gi", ZERO),
            ("512", NO_SUFFIX),
            ("4095", NO_SUFFIX),
            ("3Ki", TOO_SMALL),
            ("4k", TOO_SMALL),
            ("8192Pi", TOO_MUCH),
            ("99999999999999999999", TOO_MUCH),
            ("9223372036854775808", TOO_MUCH),
            ("99999999999Pi", TOO_MUCH),
            ("1Zi", UNKNOWN_SUFFIX),
            ("1E", UNKNOWN_SUFFIX),
            ("Mi", NOT_A_NUMBER),
            ("much", NOT_A_NUMBER),
        ]);
    }

    #[test]
    fn serializes_as_its_canonical_text() {
        assert_eq!(serde_json::to_string(&crate::memory!("1024Mi")).unwrap(), "\"1Gi\"");
        assert_eq!(Memory::from_bytes(1 << 28).unwrap(), crate::memory!("256Mi"));
        assert_eq!(crate::memory!("500M").bytes(), 500_000_000);
        assert_eq!(Memory::from_bytes(512).unwrap_err().mistake(), NO_SUFFIX);
    }
}
