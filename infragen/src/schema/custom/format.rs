//! Formats of texts that the API server checks, as far as there is no doubt of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::node::{Node, Value};
use crate::schema::format::{is_base64, is_time};

/// What the server asks of an object that stands in another, as if these were formats.
pub(super) const KIND: &str = "kind";
pub(super) const GROUP_VERSION: &str = "group/version";
pub(super) const OBJECT_NAME: &str = "object name";

/// Whether a number fits a format.
#[expect(clippy::cast_precision_loss, reason = "it is about the size alone")]
pub(super) fn fits(format: &str, node: &Node) -> bool {
    let most = match format {
        "int32" => f64::from(i32::MAX),
        "int64" => i64::MAX as f64,
        "float" => f64::from(f32::MAX),
        _ => return true,
    };
    match node.value {
        Value::Integer(number) => (number as f64) <= most && (number as f64) >= -most - 1.0,
        // Of 64 bits what is read as a float is more than they hold.
        Value::Float(number) => number.abs() <= most && (format != "int64" || number.abs() < most),
        _ => true,
    }
}

/// Whether a text is of a format; of one that is not known here, every text is.
pub(super) fn is_of(format: &str, text: &str) -> bool {
    match format {
        "byte" => !text.is_empty() && is_base64(text),
        "date" => text.len() == 10 && is_time(&format!("{text}T00:00:00Z")),
        // The server takes more forms of times than one; what has no date at its beginning is none of them.
        "date-time" | "datetime" => {
            text.get(..10).is_some_and(|date| is_time(&format!("{date}T00:00:00Z")))
                && text[10..].starts_with(['T', 't'])
        }
        "duration" => nanoseconds(text).is_some() || text.contains(' ') || text.ends_with(['d', 'w', 'y']),
        "ipv4" => without_zeros(text).parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "ip" => without_zeros(text).parse::<IpAddr>().is_ok(),
        "cidr" => is_cidr(&without_zeros(text)),
        "mac" => is_mac(text),
        "hostname" => !text.is_ascii() || is_hostname(text),
        // More is asked of both; what has nothing of it is none.
        "uri" => !is_no_uri(text),
        "email" => text.contains('@'),
        KIND => is_kind(text),
        GROUP_VERSION => text.matches('/').count() < 2,
        OBJECT_NAME => !matches!(text, "." | "..") && !text.contains(['/', '%']),
        "uuid" => is_uuid(text),
        _ => true,
    }
}

/// Whether Go reads no URI of a request here: neither a scheme stands at the beginning nor a slash.
///
/// Source: `getScheme` and `parse` of Go's `net/url`.
pub(super) fn is_no_uri(text: &str) -> bool {
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let rest = text.trim_start_matches(is_of_scheme);
    let has_scheme = text.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with(':');
    !(text.starts_with('/') || text == "*" || has_scheme)
}

/// The name of a host: one label, or several of which the last has letters alone.
///
/// Source: `HostnamePattern` of `k8s.io/kube-openapi/pkg/validation/strfmt`, as far as it is about ASCII.
fn is_hostname(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "$+<=>^`|~".contains(c);
    let labels: Vec<&str> = text.split('.').collect();
    if text.len() > 255 || labels.iter().any(|label| label.len() > 63) {
        return false;
    }
    if let [label] = labels[..] {
        let rest = label.strip_prefix(is_sign).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
        return rest.is_some_and(|rest| rest.chars().all(is_sign));
    }
    let (last, first) = labels.split_last().unwrap_or((&"", &[]));
    let is_label = |label: &&str| {
        label.starts_with(is_sign)
            && label.ends_with(is_sign)
            && label.chars().all(|c| is_sign(c) || c == '-')
    };
    first.iter().all(is_label) && last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic())
}

/// Whether a text may be the kind of an object that stands in another.
fn is_kind(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with('-')
        && text.chars().all(is_sign)
}

/// A length of time as Go writes it, such as `1h30m` or `-1.5s`, in nanoseconds.
pub(super) fn nanoseconds(text: &str) -> Option<i64> {
    const UNITS: [(&str, f64); 8] = [
        ("ns", 1.0),
        ("us", 1e3),
        ("µs", 1e3),
        ("μs", 1e3),
        ("ms", 1e6),
        ("s", 1e9),
        ("m", 60e9),
        ("h", 3600e9),
    ];
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut sum = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(end);
        let end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
        sum += number.parse::<f64>().ok()? * factor;
        rest = after;
    }
    #[expect(clippy::cast_possible_truncation, reason = "what is longer than 292 years saturates")]
    (!text.is_empty() && text != "-" && text != "+").then_some((sign * sum) as i64)
}

/// An address without the zeros that the server still takes at the beginning of its parts, as in `10.0.0.01`.
fn without_zeros(text: &str) -> String {
    let plain = |part: &str| match part.trim_start_matches('0') {
        "" => part.get(..1).unwrap_or_default().to_owned(),
        rest if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        rest => format!("0{rest}"),
    };
    if text.contains(':') || !text.contains('.') {
        return text.to_owned();
    }
    text.split('.')
        .map(|part| if part.starts_with('0') { plain(part) } else { part.to_owned() })
        .collect::<Vec<_>>()
        .join(".")
}

/// Whether it is a block of addresses, such as `10.0.0.0/8`.
pub(super) fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    let is_plain = length == "0" || !length.starts_with(['0', '+']);
    is_plain && length.parse::<u8>().is_ok_and(|length| length <= most)
}

fn is_mac(text: &str) -> bool {
    let is_hex = |part: &str, digits| part.len() == digits && part.bytes().all(|b| b.is_ascii_hexdigit());
    let by = |separator, digits, counts: &[usize]| {
        let parts: Vec<&str> = text.split(separator).collect();
        counts.contains(&parts.len()) && parts.iter().all(|part| is_hex(part, digits))
    };
    by(':', 2, &[6, 8, 20]) || by('-', 2, &[6, 8, 20]) || by('.', 4, &[3, 4, 10])
}

fn is_uuid(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{is_of, nanoseconds};

    #[test]
    fn lengths_of_time_are_those_of_go() {
        let cases = [
            ("1h30m", Some(5_400_000_000_000)),
            ("-1.5s", Some(-1_500_000_000)),
            ("10ms", Some(10_000_000)),
            ("0", Some(0)),
            ("", None),
            ("5", None),
            ("1x", None),
            ("s", None),
        ];
        for (text, expected) in cases {
            assert_eq!(nanoseconds(text), expected, "{text}");
        }
    }

    #[test]
    fn formats_are_known_by_examples() {
        let cases = [
            ("ipv4", "10.0.0.1", true),
            ("ipv4", "10.0.0.01", true),
            ("ipv4", "10.0.0.256", false),
            ("cidr", "10.0.0.0/8", true),
            ("cidr", "10.0.0.00/8", true),
            ("cidr", "10.0.0.0/33", false),
            ("cidr", "10.0.0.0", false),
            ("mac", "00:1b:44:11:3a:b7", true),
            ("mac", "00:1b:44:11:3a", false),
            ("uuid", "1b4e28ba-2fa1-11d2-883f-0016d3cca427", true),
            ("uuid", "1b4e28ba", false),
            ("hostname", "a.example.com", true),
            ("hostname", "a-b", true),
            ("hostname", "a-b-c", false),
            ("hostname", "a-b-c.de", true),
            ("hostname", "a.b", false),
            ("hostname", "10.0.0.1", false),
            ("hostname", "", false),
            ("uri", "https://example.com/", true),
            ("uri", "/a", true),
            ("uri", "mailto:a", true),
            ("uri", "a/b", false),
            ("uri", "1a:b", false),
            ("email", "a@example.com", true),
            ("email", "a", false),
            ("date", "2026-01-31", true),
            ("date", "2026-13-31", false),
            ("date-time", "2026-01-31T10:00:00Z", true),
            ("date-time", "yesterday", false),
            ("date-time", "2026-01-31 10:00:00", false),
            ("byte", "", false),
            ("duration", "1h", true),
            ("duration", "an hour", true),
            ("duration", "1hour?", false),
            ("somebody's own", "anything", true),
        ];
        for (format, text, expected) in cases {
            assert_eq!(is_of(format, text), expected, "{format}: {text}");
        }
    }
}
