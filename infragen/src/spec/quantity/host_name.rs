//! Where something answers on the network: a DNS name or an IPv4 address.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{cidr, dns_label, scan};

/// Writes a [`HostName`] that the compiler has checked: `host!("db.example.com")`.
#[macro_export]
macro_rules! host {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::HostName = $crate::spec::quantity::HostName::literal($text);
        CHECKED
    }};
}

text! {
    /// A DNS name of at most 253 characters whose labels are [`DnsLabel`](super::DnsLabel)s, without a last dot,
    /// or an IPv4 address.
    ///
    /// A name whose last label is a number can only be an address, so it must be a right one: `10.0.0.256` is
    /// refused. [`is_address`](Self::is_address) tells them apart, since an ExternalName Service takes no address.
    #[derive(PartialOrd, Ord)]
    HostName, "host name"
}

impl HostName {
    /// Whether this is an IPv4 address and not a name.
    pub const fn is_address(&self) -> bool {
        match &self.0 {
            std::borrow::Cow::Borrowed(text) => ends_in_number(text.as_bytes()),
            std::borrow::Cow::Owned(text) => ends_in_number(text.as_bytes()),
        }
    }
}

const LONGEST: usize = 253;
const EMPTY: Mistake = mistake!("a host name is missing", "write a name such as db.example.com");
const TOO_LONG: Mistake = mistake!("a host name is at most 253 characters long", "shorten it");
const SCHEME: Mistake = mistake!("a host name is no URL", "write db.example.com, without https:// and path");
const PORT: Mistake =
    mistake!("a host name holds no port", "write the name here and the port in its own field");
const LAST_DOT: Mistake = mistake!("a host name does not end with a dot", "leave the last dot out");
const EMPTY_LABEL: Mistake = mistake!("a label between two dots is missing", "write db.example.com");
const WILDCARD: Mistake = mistake!("a wildcard is no host", "write the whole name, such as api.example.com");
const ADDRESS: Mistake = mistake!(
    "a host whose last part is a number is an IPv4 address, and this is none",
    "write four numbers from 0 to 255, such as 10.0.3.4"
);

pub(super) const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [.., b'.'] => return Err(LAST_DOT),
        [b'*', ..] => return Err(WILDCARD),
        _ if scan::find(text, b'/').is_some() => return Err(SCHEME),
        _ if scan::find(text, b':').is_some() => return Err(PORT),
        _ if text.len() > LONGEST => return Err(TOO_LONG),
        _ if ends_in_number(text) => {
            return if cidr::ipv4(text).is_some() { Ok(()) } else { Err(ADDRESS) };
        }
        _ => {}
    }
    let mut rest = Some(text);
    while let Some(labels) = rest {
        let (label, after) = scan::split(labels, b'.');
        if label.is_empty() {
            return Err(EMPTY_LABEL);
        }
        if let Err(mistake) = dns_label::check(label) {
            return Err(mistake);
        }
        rest = after;
    }
    Ok(())
}

const fn ends_in_number(text: &[u8]) -> bool {
    match scan::find_last(text, b'.') {
        Some(dot) => scan::is_digits(text.split_at(dot + 1).1),
        None => scan::is_digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<HostName>(&[
            "db",
            "db.example.com",
            "localhost",
            "3com.example",
            "10.0.3.4",
            "1.a",
            &["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61)].join("."),
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<HostName>(&[
            ("", EMPTY),
            (&["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(62)].join("."), TOO_LONG),
            ("https://db.example.com", SCHEME),
            ("db/x", SCHEME),
            ("db:5432", PORT),
            ("db.example.com.", LAST_DOT),
            ("db..example", EMPTY_LABEL),
            (".db", EMPTY_LABEL),
            ("*.example.com", WILDCARD),
            ("10.0.0.256", ADDRESS),
            ("10.0.0", ADDRESS),
            ("db.7", ADDRESS),
        ]);
    }

    #[test]
    fn a_label_has_the_rules_of_a_name() {
        assert!(HostName::parse("db_1.example.com").is_err());
        assert!(HostName::parse(&format!("{}.com", "a".repeat(64))).is_err());
        assert!(HostName::parse("a.-b.c").is_err());
    }

    #[test]
    fn tells_addresses_from_names() {
        assert!(crate::host!("10.0.3.4").is_address());
        assert!(!crate::host!("10.example").is_address());
        assert!(HostName::parse("10.0.3.4").unwrap().is_address());
    }
}
