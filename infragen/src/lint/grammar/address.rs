//! Addresses and blocks of addresses, as Go's sloppy parsers read them: leading zeros are let pass.

use std::net::IpAddr;

/// A block of addresses: `10.0.0.0/8`.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    bits: u128,
    width: u32,
    length: u32,
}

impl Block {
    /// Reads a block; the bits behind its length may be anything.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let (bits, width) = match address_of(address)? {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let all_digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let length: u32 = length.parse().ok().filter(|length| all_digits && *length <= width)?;
        Some(Self { bits, width, length })
    }

    /// Whether the other block lies in it and is smaller.
    #[must_use]
    pub fn holds_strictly(&self, other: &Self) -> bool {
        let prefix = |bits: u128| bits.checked_shr(self.width - self.length).unwrap_or(0);
        self.width == other.width && self.length < other.length && prefix(self.bits) == prefix(other.bits)
    }
}

/// Whether the text is an address of either family.
#[must_use]
pub fn is_address(text: &str) -> bool {
    address_of(text).is_some()
}

fn address_of(text: &str) -> Option<IpAddr> {
    let sloppy = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        rest => rest.to_owned(),
    };
    text.parse().ok().or_else(|| text.split('.').map(sloppy).collect::<Vec<_>>().join(".").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::{Block, is_address};

    #[test]
    fn a_block_is_read_as_the_api_server_reads_it() {
        for text in ["10.0.0.0/8", "10.1.2.3/8", "::/0", "fd00::/8", "0.0.0.0/0", "010.0.0.0/8", "1.2.3.4/32"]
        {
            assert!(Block::parse(text).is_some(), "{text}");
        }
        for text in ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/129", "a/8", "10.0.0.0/+8", "10.0.0.0/"] {
            assert!(Block::parse(text).is_none(), "{text}");
        }
        assert!(is_address("::1") && is_address("10.0.0.010") && !is_address("None"));
    }

    #[test]
    fn a_part_is_smaller_and_inside() {
        let cases = [
            ("10.0.0.0/8", "10.1.0.0/16", true),
            ("10.0.0.0/8", "10.0.0.0/8", false),
            ("10.0.0.0/8", "11.0.0.0/16", false),
            ("0.0.0.0/0", "169.254.169.254/32", true),
            ("0.0.0.0/0", "fd00::/8", false),
        ];
        for (whole, part, expected) in cases {
            let (whole, part) = (Block::parse(whole).unwrap(), Block::parse(part).unwrap());
            assert_eq!(whole.holds_strictly(&part), expected);
        }
    }
}
