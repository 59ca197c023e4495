//! Numbers and days as people read them.

use jiff::civil::Date;

/// `1,234,567`.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let first = digits.len() % 3;
    let mut text = if number < 0 { "\u{2212}".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1,234` up to four digits, then `12.3k`, `4.5M`: for the edge of a chart.
pub(super) fn short(number: f64) -> String {
    const UNITS: [(f64, &str); 6] =
        [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let Some((unit, letter)) = UNITS.into_iter().find(|(unit, _)| number >= *unit && number >= 10_000.0)
    else {
        return grouped(number as i64);
    };
    let text = format!("{:.1}", number / unit);
    format!("{}{letter}", text.strip_suffix(".0").unwrap_or(&text))
}

/// `45.5`, and `46` for whole numbers.
pub(super) fn decimal(number: f64) -> String {
    if number >= 1000.0 {
        return grouped(number.round() as i64);
    }
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// `12.3 %`, without a sign.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", decimal(share.abs() * 100.0))
}

/// `21 November 2026`.
pub(super) fn long_day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// `Sat 21 Nov 2026`.
pub(super) fn week_day(day: Date) -> String {
    day.strftime("%a %-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-1_234_567, "\u{2212}1,234,567"),
            (i64::MAX, "9,223,372,036,854,775,807"),
        ] {
            assert_eq!(grouped(number), text);
        }
        for (number, text) in
            [(0.0, "0"), (9999.0, "9,999"), (12_000.0, "12k"), (2.5e6, "2.5M"), (9.2e18, "9.2E")]
        {
            assert_eq!(short(number), text);
        }
        assert_eq!(
            (decimal(45.5), decimal(46.0), decimal(12_345.6)),
            ("45.5".into(), "46".into(), "12,346".into())
        );
        assert_eq!(percent(-0.123), "12.3 %");
    }
}
