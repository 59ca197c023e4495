//! What an unquoted scalar means to kubectl, which reads YAML 1.1 as go-yaml's second version does.

use crate::node::Value;

/// The value of a plain scalar.
///
/// Source: what kubectl 1.36 makes of each form (`kubectl annotate --local -f … -o json x=y` tells), which reads by
/// go-yaml's second version. Timestamps stay text there, and so do numbers in base sixty.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Value::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        ".nan" | ".NaN" | ".NAN" => Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Value::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Value::Float(f64::NEG_INFINITY),
        _ => number(text).unwrap_or_else(|| Value::String(text.into())),
    }
}

fn number(text: &str) -> Option<Value> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return None;
    }
    let digits: String = text.chars().filter(|character| *character != '_').collect();
    integer(&digits).or_else(|| float(&digits))
}

/// A whole number in the base that its beginning says: `0x`, `0o` or a leading zero, `0b`, or ten.
fn integer(text: &str) -> Option<Value> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefixed =
        |lower: &str, upper: &str| digits.strip_prefix(lower).or_else(|| digits.strip_prefix(upper));
    let (base, digits) = if let Some(rest) = prefixed("0x", "0X") {
        (16, rest)
    } else if let Some(rest) = prefixed("0b", "0B") {
        (2, rest)
    } else if let Some(rest) = prefixed("0o", "0O") {
        (8, rest)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, &digits[1..])
    } else {
        (10, digits)
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    let number = i128::from_str_radix(digits, base).ok()?;
    let number = if negative { -number } else { number };
    // Beyond 64 bits only the size of a number is kept, as in every reader of JSON that Kubernetes uses.
    #[expect(clippy::cast_precision_loss, reason = "as the API server does")]
    Some(i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer))
}

/// A decimal number: digits with an optional point and an optional exponent.
fn float(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && are_digits(digits)
    });
    let has_digits = !(whole.is_empty() && fraction.is_empty());
    if !(are_digits(whole) && are_digits(fraction) && has_digits && exponent_fits) {
        return None;
    }
    text.parse().ok().map(Value::Float)
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::node::Value;

    #[test]
    fn scalars_mean_what_kubectl_reads() {
        let text = |text: &str| Value::String(text.into());
        for (scalar, expected) in [
            ("on", Value::Bool(true)),
            ("No", Value::Bool(false)),
            ("y", Value::Bool(true)),
            ("0b11", Value::Integer(3)),
            ("+5", Value::Integer(5)),
            ("1:30:00", text("1:30:00")),
            (".inf1", text(".inf1")),
            ("=", text("=")),
            ("~", Value::Null),
            ("0755", Value::Integer(493)),
            ("0o17", Value::Integer(15)),
            ("0x1F", Value::Integer(31)),
            ("1_000", Value::Integer(1000)),
            ("-42", Value::Integer(-42)),
            ("08", Value::Float(8.0)),
            ("1e3", Value::Float(1000.0)),
            (".5", Value::Float(0.5)),
            ("1.", Value::Float(1.0)),
            ("12:30", text("12:30")),
            ("2023-01-02", text("2023-01-02")),
            ("1.2.3", text("1.2.3")),
            ("-", text("-")),
            (".", text(".")),
            ("1e", text("1e")),
            ("250m", text("250m")),
            ("0x", text("0x")),
            ("18446744073709551616", Value::Float(18_446_744_073_709_551_616.0)),
        ] {
            assert_eq!(plain(scalar), expected, "{scalar}");
        }
    }
}
