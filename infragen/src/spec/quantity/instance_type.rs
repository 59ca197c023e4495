//! Which machine a node is: an EC2 instance type.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{Cpu, Memory, instance_capacity, scan};

/// Writes a [`InstanceType`] that the compiler has checked: `instance!("t3.medium")`.
#[macro_export]
macro_rules! instance {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::InstanceType =
            $crate::spec::quantity::InstanceType::literal($text);
        CHECKED
    }};
}

text! {
    /// An EC2 instance type, `FAMILY.SIZE`. Any family is accepted, and the sizes that AWS uses.
    #[derive(PartialOrd, Ord)]
    InstanceType, "instance type"
}

impl InstanceType {
    /// The family: `t3` of `t3.medium`.
    pub fn family(&self) -> &str {
        self.0.split_once('.').map_or("", |(family, _)| family)
    }

    /// The size: `medium` of `t3.medium`.
    pub fn size(&self) -> &str {
        self.0.split_once('.').map_or("", |(_, size)| size)
    }

    /// The machine's cores and memory, of which a node reserves a part; nothing for a type that is not in the table.
    pub fn capacity(&self) -> Option<(Cpu, Memory)> {
        instance_capacity::of(self.family(), self.size())
    }
}

const EMPTY: Mistake = mistake!("an instance type is missing", "write a type such as t3.medium");
const NO_DOT: Mistake = mistake!("family and size are joined by a dot", "write t3.medium, not t3-medium");
const UPPER_CASE: Mistake =
    mistake!("an instance type is written in lower case", "write t3.medium, not T3.Medium");
const DATABASE: Mistake =
    mistake!("`db.` and `cache.` are classes of RDS and ElastiCache, not of EC2", "write t3.medium");
const FAMILY: Mistake = mistake!(
    "an instance family is letters, a generation and more letters",
    "write a family such as t3, m7i or u-6tb1"
);
const SIZE: Mistake = mistake!(
    "this is no size of an instance",
    "write nano, micro, small, medium, large, xlarge, 2xlarge or metal"
);

const fn check(text: &[u8]) -> Result<(), Mistake> {
    if text.is_empty() {
        return Err(EMPTY);
    }
    if scan::has_upper_case(text) {
        return Err(UPPER_CASE);
    }
    if scan::starts_with(text, b"db.") || scan::starts_with(text, b"cache.") {
        return Err(DATABASE);
    }
    let (family, Some(size)) = scan::split(text, b'.') else { return Err(NO_DOT) };
    if !is_family(family) {
        return Err(FAMILY);
    }
    if is_size(size) { Ok(()) } else { Err(SIZE) }
}

const fn is_family(family: &[u8]) -> bool {
    let [b'a'..=b'z', ..] = family else { return false };
    let mut digits = false;
    let mut rest = family;
    while let [byte, after @ ..] = rest {
        match byte {
            b'0'..=b'9' => digits = true,
            b'a'..=b'z' | b'-' => {}
            _ => return false,
        }
        rest = after;
    }
    digits
}

const fn is_size(size: &[u8]) -> bool {
    match size {
        b"nano" | b"micro" | b"small" | b"medium" | b"large" | b"xlarge" | b"metal" => true,
        [b'm', b'e', b't', b'a', b'l', b'-', count @ .., b'x', b'l'] => is_multiple(count),
        [count @ .., b'x', b'l', b'a', b'r', b'g', b'e'] => is_multiple(count),
        _ => false,
    }
}

const fn is_multiple(count: &[u8]) -> bool {
    matches!(count, [b'1'..=b'9', ..]) && count.len() <= 3 && scan::is_digits(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<InstanceType>(&[
            "t3.medium",
            "m7i.48xlarge",
            "u-6tb1.112xlarge",
            "m5.metal",
            "c6i.metal-24xl",
            "mac2-m2pro.metal",
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<InstanceType>(&[
            ("", EMPTY),
            ("t3-medium", NO_DOT),
            ("T3.medium", UPPER_CASE),
            ("db.t3.medium", DATABASE),
            ("cache.t3.micro", DATABASE),
            ("t.medium", FAMILY),
            ("3t.medium", FAMILY),
            ("t_3.medium", FAMILY),
            ("t3.medum", SIZE),
            ("t3.0xlarge", SIZE),
            ("t3.1000xlarge", SIZE),
            ("t3.", SIZE),
            ("m5.metal-xl", SIZE),
        ]);
    }
}
