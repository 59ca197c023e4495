//! Texts that must mean something to the server that decodes them.

/// Whether the server reads it as a quantity: `250m`, `1.5Gi`, `1e3`.
pub(super) fn is_quantity(text: &str) -> bool {
    const SUFFIXES: [&str; 16] =
        ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let exponent = || {
        let exponent = suffix.strip_prefix(['e', 'E'])?;
        Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.matches('.').count() <= 1
        && number.len() > number.matches('.').count()
        && (SUFFIXES.contains(&suffix) || exponent().is_some_and(is_digits))
}

/// The number that a quantity means, as near as a float comes to it.
pub(super) fn quantity(text: &str) -> Option<f64> {
    if !is_quantity(text) {
        return None;
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '+' | '-')).unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let factor = match suffix {
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "" => 1.0,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1024f64.powi(2),
        "Gi" => 1024f64.powi(3),
        "Ti" => 1024f64.powi(4),
        "Pi" => 1024f64.powi(5),
        "Ei" => 1024f64.powi(6),
        _ => return text.parse().ok(),
    };
    Some(number.parse::<f64>().ok()? * factor)
}

/// Whether it is a time as RFC 3339 writes it: `2006-01-02T15:04:05Z`, with a fraction or another zone.
pub(super) fn is_time(text: &str) -> bool {
    let matches = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(byte, expected)| match expected {
                b'0' => byte.is_ascii_digit(),
                _ => byte == expected,
            })
    };
    let Some((moment, rest)) = text.split_at_checked(19) else { return false };
    let number =
        |from: usize| moment.get(from..from + 2).and_then(|digits| digits.parse().ok()).unwrap_or(99);
    let fraction = rest.strip_prefix('.').map_or(Some(rest), |rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        (end > 0).then(|| &rest[end..])
    });
    let is_zone = |zone: &str| zone == "Z" || matches(zone, "+00:00") || matches(zone, "-00:00");
    matches(moment, "0000-00-00T00:00:00")
        && (1..=12).contains(&number(5))
        && (1..=31).contains(&number(8))
        && number(11) < 24
        && number(14) < 60
        && number(17) < 60
        && fraction.is_some_and(is_zone)
}

/// Whether it is base64 with its padding; breaks between lines do not count.
pub(super) fn is_base64(text: &str) -> bool {
    let digits = || text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    let padding = digits().rev().take_while(|byte| *byte == b'=').count();
    let count = digits().count();
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    count % 4 == 0 && padding <= 2 && digits().take(count - padding).all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_those_of_the_server() {
        for text in ["1", "0.5", ".5", "5.", "+1", "-1", "250m", "1Gi", "1e3", "1E-3", "1E", "100k"] {
            assert!(is_quantity(text), "{text}");
        }
        for text in
            ["", ".", "Gi", "1 Gi", "1gi", "1K", "1.2.3", "1e", "1e+", "0x10", "m", "1Mi1", "ten", "1GB"]
        {
            assert!(!is_quantity(text), "{text}");
        }
    }

    #[test]
    fn quantities_are_numbers() {
        let cases =
            [("250m", 0.25), ("1.5Gi", 1_610_612_736.0), ("-2k", -2000.0), ("1e3", 1000.0), ("7", 7.0)];
        for (text, expected) in cases {
            assert_eq!(quantity(text), Some(expected), "{text}");
        }
        assert_eq!(quantity("1 Gi"), None);
    }

    #[test]
    fn times_are_those_of_rfc_3339() {
        for text in ["2026-01-02T15:04:05Z", "2026-01-02T15:04:05.123456Z", "2026-01-02T15:04:05+02:00"] {
            assert!(is_time(text), "{text}");
        }
        for text in
            ["", "2026-01-02", "2026-01-02 15:04:05Z", "2026-13-02T15:04:05Z", "2026-01-02T15:04:05", "é"]
        {
            assert!(!is_time(text), "{text}");
        }
    }

    #[test]
    fn base64_has_its_padding() {
        for text in ["", "YQ==", "YWI=", "YWJj", "YW\nJj\n"] {
            assert!(is_base64(text), "{text}");
        }
        for text in ["a", "YQ", "YQ=", "=", "pass word", "Y===", "Y=Q="] {
            assert!(!is_base64(text), "{text}");
        }
    }
}
