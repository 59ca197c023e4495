//! IPv6 addresses, read where the compiler can do it too.

use super::scan;

const GROUPS: usize = 8;

/// The bits of an address of RFC 4291 in groups of hexadecimal digits, at most one run of zeros written `::`.
///
/// The form that ends in an IPv4 address is not read: Kubernetes warns of it, since readers differ.
pub(super) const fn address(text: &[u8]) -> Option<u128> {
    let Some(gap) = find_gap(text) else {
        return match groups(text) {
            Some((bits, GROUPS)) => Some(bits),
            _ => None,
        };
    };
    match (groups(text.split_at(gap).0), groups(text.split_at(gap + 2).1)) {
        (Some((_, before)), Some((_, after))) if before + after >= GROUPS => None,
        (Some((_, 0)), Some((low, _))) => Some(low),
        (Some((high, before)), Some((low, _))) => Some(high << (16 * (GROUPS - before)) | low),
        _ => None,
    }
}

/// Where `::` stands.
const fn find_gap(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at + 1 < text.len() {
        if text[at] == b':' && text[at + 1] == b':' {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The bits and the count of groups joined by single colons; no text is no groups.
const fn groups(text: &[u8]) -> Option<(u128, usize)> {
    if text.is_empty() {
        return Some((0, 0));
    }
    let mut bits = 0;
    let mut count = 0;
    let mut rest = Some(text);
    while let Some(groups) = rest {
        let (group, after) = scan::split(groups, b':');
        bits = match hexadecimal(group) {
            Some(group) if count < GROUPS => bits << 16 | group,
            _ => return None,
        };
        count += 1;
        rest = after;
    }
    Some((bits, count))
}

const fn hexadecimal(digits: &[u8]) -> Option<u128> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let mut number = 0;
    let mut rest = digits;
    while let [digit, after @ ..] = rest {
        number = match (*digit as char).to_digit(16) {
            Some(digit) => number << 4 | digit as u128,
            None => return None,
        };
        rest = after;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_groups_and_one_gap() {
        assert_eq!(address(b"::"), Some(0));
        assert_eq!(address(b"::1"), Some(1));
        assert_eq!(address(b"fd00::"), Some(0xfd00 << 112));
        assert_eq!(address(b"1:2:3:4:5:6:7:8"), Some(0x0001_0002_0003_0004_0005_0006_0007_0008));
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "",
            ":",
            ":::",
            "1::2::3",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::8",
            "12345::",
            "g::",
        ] {
            assert_eq!(address(text.as_bytes()), None, "{text}");
        }
    }
}
