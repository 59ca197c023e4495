//! A block of addresses: which peers a network policy means.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{ipv6, scan};

/// Writes a [`Cidr`] that the compiler has checked: `cidr!("10.0.0.0/16")`.
#[macro_export]
macro_rules! cidr {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::Cidr = $crate::spec::quantity::Cidr::literal($text);
        CHECKED
    }};
}

text! {
    /// A network in CIDR notation, IPv4 or IPv6: an address whose host bits are zero, and a prefix length.
    #[derive(PartialOrd, Ord)]
    Cidr, "CIDR block"
}

impl Cidr {
    /// Whether the addresses are IPv6.
    pub fn is_ipv6(&self) -> bool {
        self.0.contains(':')
    }
}

const EMPTY: Mistake = mistake!("a CIDR block is missing", "write a network such as 10.0.0.0/16");
const NO_PREFIX: Mistake = mistake!(
    "after the address the prefix length is missing",
    "write 10.0.0.7/32 for one address, 10.0.0.0/16 for a network"
);
const PREFIX: Mistake = mistake!(
    "the prefix length is a number from 0 to 32, for IPv6 to 128",
    "write 10.0.0.0/16, not a netmask"
);
const ADDRESS: Mistake = mistake!(
    "this is no IP address",
    "write four numbers from 0 to 255 without leading zeros, or IPv6: 10.0.0.0/16, fd00::/8"
);
const HOST_BITS: Mistake = mistake!(
    "the address has bits that the prefix length leaves to hosts",
    "write the network, such as 10.0.0.0/16, or one address, such as 10.0.0.1/32"
);

const fn check(text: &[u8]) -> Result<(), Mistake> {
    if text.is_empty() {
        return Err(EMPTY);
    }
    let (address, Some(prefix)) = scan::split(text, b'/') else { return Err(NO_PREFIX) };
    let (bits, width) = match (ipv4(address), ipv6::address(address)) {
        (Some(bits), _) => ((bits as u128) << 96, 32),
        (None, Some(bits)) => (bits, 128),
        (None, None) => return Err(ADDRESS),
    };
    let length = match (prefix, scan::number(prefix)) {
        ([b'0', _, ..], _) => return Err(PREFIX),
        (_, Some(length)) if length <= width => length as u32,
        _ => return Err(PREFIX),
    };
    match bits.checked_shl(length) {
        Some(0) | None => Ok(()),
        Some(_) => Err(HOST_BITS),
    }
}

/// The bits of an IPv4 address in dotted decimals, without leading zeros.
pub(super) const fn ipv4(text: &[u8]) -> Option<u32> {
    let mut bits = 0;
    let mut octets = 0;
    let mut rest = Some(text);
    while let Some(numbers) = rest {
        let (number, after) = scan::split(numbers, b'.');
        match (number, scan::number(number)) {
            ([b'0', _, ..], _) => return None,
            (_, Some(octet)) if octet <= 255 && octets < 4 => bits = bits << 8 | octet as u32,
            _ => return None,
        }
        octets += 1;
        rest = after;
    }
    if octets == 4 { Some(bits) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<Cidr>(&[
            "0.0.0.0/0",
            "10.0.0.0/16",
            "10.0.0.1/32",
            "192.168.4.0/22",
            "::/0",
            "fd00::/8",
            "2001:db8::1/128",
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<Cidr>(&[
            ("", EMPTY),
            ("10.0.0.1", NO_PREFIX),
            ("10.0.0.0/33", PREFIX),
            ("::/129", PREFIX),
            ("10.0.0.0/255.255.0.0", PREFIX),
            ("10.0.0.0/08", PREFIX),
            ("10.0.0.0/", PREFIX),
            ("10.0.0/16", ADDRESS),
            ("10.0.0.0.0/16", ADDRESS),
            ("10.0.0.256/32", ADDRESS),
            ("010.0.0.0/8", ADDRESS),
            ("db/8", ADDRESS),
            ("/8", ADDRESS),
            ("10.0.0.1/16", HOST_BITS),
            ("10.0.0.1/31", HOST_BITS),
            ("1.0.0.0/0", HOST_BITS),
            ("fd00::1/64", HOST_BITS),
        ]);
    }

    #[test]
    fn tells_the_families_apart() {
        assert!(!crate::cidr!("10.0.0.0/16").is_ipv6());
        assert!(crate::cidr!("fd00::/8").is_ipv6());
    }
}
