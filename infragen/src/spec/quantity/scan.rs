//! Reading bytes where the compiler can do it too: what `str` offers, as far as it is not yet `const`.

/// Where `wanted` first stands.
pub(super) const fn find(text: &[u8], wanted: u8) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        if text[at] == wanted {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where `wanted` last stands.
pub(super) const fn find_last(text: &[u8], wanted: u8) -> Option<usize> {
    let mut at = text.len();
    while at > 0 {
        at -= 1;
        if text[at] == wanted {
            return Some(at);
        }
    }
    None
}

/// Splits at the first `separator`; all is before it when there is none.
pub(super) const fn split(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    match find(text, separator) {
        Some(at) => (text.split_at(at).0, Some(text.split_at(at + 1).1)),
        None => (text, None),
    }
}

/// Whether any byte is an upper-case letter.
pub(super) const fn has_upper_case(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        if byte.is_ascii_uppercase() {
            return true;
        }
        rest = after;
    }
    false
}

/// Whether there are bytes, and all are digits.
pub(super) const fn is_digits(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        if !byte.is_ascii_digit() {
            return false;
        }
        rest = after;
    }
    !text.is_empty()
}

/// Whether `text` starts with `start`.
pub(super) const fn starts_with(text: &[u8], start: &[u8]) -> bool {
    text.len() >= start.len() && equal(text.split_at(start.len()).0, start)
}

/// Whether both are the same bytes.
pub(super) const fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The number that the digits write; nothing for other bytes, no bytes, or more than fits.
pub(super) const fn number(text: &[u8]) -> Option<u64> {
    if !is_digits(text) {
        return None;
    }
    let mut number = 0_u64;
    let mut rest = text;
    while let [digit, after @ ..] = rest {
        number = match number.checked_mul(10) {
            Some(tens) => match tens.checked_add((*digit - b'0') as u64) {
                Some(sum) => sum,
                None => return None,
            },
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
    fn finds_from_both_ends() {
        assert_eq!(find(b"a:b:c", b':'), Some(1));
        assert_eq!(find_last(b"a:b:c", b':'), Some(3));
        assert_eq!(find(b"abc", b':'), None);
        assert_eq!(find_last(b"", b':'), None);
    }

    #[test]
    fn splits_once() {
        assert_eq!(split(b"a/b/c", b'/'), (&b"a"[..], Some(&b"b/c"[..])));
        assert_eq!(split(b"a", b'/'), (&b"a"[..], None));
    }

    #[test]
    fn reads_numbers_that_fit() {
        assert_eq!(number(b"007"), Some(7));
        assert_eq!(number(b"18446744073709551615"), Some(u64::MAX));
        assert_eq!(number(b"18446744073709551616"), None);
        assert_eq!(number(b""), None);
        assert_eq!(number(b"1a"), None);
    }

    #[test]
    fn compares_bytes() {
        assert!(starts_with(b"https://", b"http"));
        assert!(!starts_with(b"h", b"http"));
        assert!(!equal(b"ab", b"ac"));
        assert!(has_upper_case(b"aB") && !has_upper_case(b"a1"));
    }
}
