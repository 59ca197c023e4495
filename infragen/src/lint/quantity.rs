//! Kubernetes' quantities, as they stand in manifests: `250m`, `1.5Gi`, `1e3`.

use crate::node::{Node, Value};

/// An amount in billionths of its unit: of a core, of a byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

const NANOS: i128 = 1_000_000_000;

impl Quantity {
    /// Reads a quantity after the grammar of `k8s.io/apimachinery/pkg/api/resource`; what is finer than a billionth
    /// is rounded away from zero, as there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
        let (number, suffix) = unsigned.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.len() + fraction.len() == 0 || fraction.contains('.') {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let (factor, exponent) = factor(suffix)?;
        let shift = exponent.checked_add(9)?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        let scaled = scale(digits.checked_mul(factor)?, shift)?;
        Some(Self(if negative { -scaled } else { scaled }))
    }

    /// Reads the quantity that a field holds, which may be a bare number.
    #[must_use]
    pub fn of(node: &Node) -> Option<Self> {
        match &node.value {
            Value::Integer(number) => i128::from(*number).checked_mul(NANOS).map(Self),
            Value::Float(number) => Self::parse(&format!("{number:?}")),
            Value::String(text) => Self::parse(text),
            Value::Null | Value::Bool(_) | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// As many whole units.
    #[must_use]
    pub fn units(count: u64) -> Self {
        Self(i128::from(count) * NANOS)
    }

    /// Whether it is a whole number of its unit.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % NANOS == 0
    }

    /// As often, up to the largest amount there is.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count.into()))
    }

    /// Both together, up to the largest amount there is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Whether it is more than so many times another amount, `times` being a number without a unit.
    #[must_use]
    pub fn is_more_than_times(self, other: Self, times: Self) -> bool {
        let (left, right) = (self.0.checked_mul(NANOS), other.0.checked_mul(times.0));
        left.zip(right).is_some_and(|(left, right)| left > right)
    }

    /// Whether it is less than so many times another amount, `times` being a number without a unit.
    #[must_use]
    pub fn is_less_than_times(self, other: Self, times: Self) -> bool {
        let (left, right) = (self.0.checked_mul(NANOS), other.0.checked_mul(times.0));
        left.zip(right).is_some_and(|(left, right)| left < right)
    }

    /// Whether it is a whole number of times another amount, which is not zero.
    #[must_use]
    pub const fn is_multiple_of(self, other: Self) -> bool {
        other.0 != 0 && self.0 % other.0 == 0
    }

    /// As people write an amount of this resource: processor time in thousandths, memory in binary units.
    #[must_use]
    pub fn show(self, resource: &str) -> String {
        const BINARY: [(&str, i128); 4] =
            [("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)];
        let whole = self.0 / NANOS;
        if self.0 % NANOS != 0 {
            return format!("{}m", self.0 / (NANOS / 1000));
        }
        let is_memory = resource.ends_with("memory") || resource.ends_with("storage");
        let unit = BINARY.iter().find(|(_, size)| is_memory && whole != 0 && whole % size == 0);
        unit.map_or_else(|| whole.to_string(), |(unit, size)| format!("{}{unit}", whole / size))
    }
}

/// The factor and the power of ten that a suffix stands for.
fn factor(suffix: &str) -> Option<(i128, i32)> {
    Some(match suffix {
        "n" => (1, -9),
        "u" => (1, -6),
        "m" => (1, -3),
        "" => (1, 0),
        "k" => (1, 3),
        "M" => (1, 6),
        "G" => (1, 9),
        "T" => (1, 12),
        "P" => (1, 15),
        "E" => (1, 18),
        "Ki" => (1 << 10, 0),
        "Mi" => (1 << 20, 0),
        "Gi" => (1 << 30, 0),
        "Ti" => (1 << 40, 0),
        "Pi" => (1 << 50, 0),
        "Ei" => (1 << 60, 0),
        _ => (1, suffix.strip_prefix(['e', 'E'])?.parse().ok()?),
    })
}

/// Shifts by powers of ten, rounding up.
fn scale(number: i128, shift: i32) -> Option<i128> {
    if number == 0 {
        return Some(0);
    }
    match u32::try_from(shift) {
        Ok(shift) => number.checked_mul(10_i128.checked_pow(shift)?),
        Err(_) => {
            let divisor = 10_i128.checked_pow(shift.unsigned_abs());
            Some(divisor.map_or(1, |divisor| number / divisor + i128::from(number % divisor != 0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Quantity;

    fn parse(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|| panic!("{text} is a quantity"))
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        let cases = [
            ("1", "1000m"),
            ("0.1", "100m"),
            (".5", "500m"),
            ("5.", "5"),
            ("+1", "1"),
            ("1Ki", "1024"),
            ("1.5Gi", "1536Mi"),
            ("1e3", "1k"),
            ("1E3", "1k"),
            ("1E", "1e18"),
            ("12e-3", "12m"),
            ("1u", "1000n"),
            ("0.1n", "1n"),
            ("1Ei", "1024Pi"),
            ("0e99", "0"),
            ("1e-99", "1n"),
        ];
        for (left, right) in cases {
            assert_eq!(parse(left), parse(right), "{left} {right}");
        }
        assert!(parse("500M") > parse("500m"));
        assert!(parse("4Mi").is_multiple_of(parse("2Mi")) && !parse("3Mi").is_multiple_of(parse("2Mi")));
        assert!(parse("-1") < parse("0"));
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in
            ["", ".", "Gi", "1 Gi", "1gi", "1K", "1.2.3", "1e", "1e+", "0x10", "m", "1Mi1", "1e99", "ten"]
        {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_is_shown_as_people_write_it() {
        assert_eq!(parse("1.5").show("requests.cpu"), "1500m");
        assert_eq!(parse("2000m").show("requests.cpu"), "2");
        assert_eq!(parse("1536Mi").show("limits.memory"), "1536Mi");
        assert_eq!(parse("2048Mi").show("memory"), "2Gi");
        assert_eq!(parse("1000").show("memory"), "1000");
        assert_eq!(parse("0").show("memory"), "0");
    }

    proptest! {
        #[test]
        fn shown_and_read_it_is_the_same(millis in any::<u32>(), resource in prop::sample::select(vec!["cpu", "memory"])) {
            let quantity = parse(&format!("{millis}m"));
            prop_assert_eq!(parse(&quantity.show(resource)), quantity);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+.0-9eEinumkKMGTP]{0,40}") {
            let _ = Quantity::parse(&text);
        }

        #[test]
        fn order_is_that_of_the_numbers(a in any::<u32>(), b in any::<u32>()) {
            prop_assert_eq!(parse(&format!("{a}Mi")).cmp(&parse(&format!("{b}Mi"))), a.cmp(&b));
        }
    }
}
