//! The `traceparent` of W3C Trace Context: which work, over several services, a request is part of.

use std::fmt;

/// A request's place in a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Traceparent {
    /// 32 hexadecimal digits: the same for the whole trace.
    pub(super) trace: String,
    /// 16 hexadecimal digits: our part of it.
    pub(super) span: String,
    /// Two hexadecimal digits, passed on as they are.
    flags: String,
}

impl Traceparent {
    /// Our part of the trace that `given` names, or of a new one. `random` is chance, 64 bits a call.
    pub(super) fn follow(given: Option<&str>, mut random: impl FnMut() -> u64) -> Traceparent {
        // Never all zeros, which would mean none.
        let mut span = || format!("{:016x}", random() | 1);
        match given.and_then(parse) {
            Some((trace, flags)) => {
                Traceparent { trace: trace.to_owned(), span: span(), flags: flags.to_owned() }
            }
            None => Traceparent { trace: span() + &span(), span: span(), flags: "00".to_owned() },
        }
    }
}

impl fmt::Display for Traceparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{}", self.trace, self.span, self.flags)
    }
}

/// The trace and the flags of a field that is sound: a later version may say more behind them.
fn parse(given: &str) -> Option<(&str, &str)> {
    let mut parts = given.split('-');
    let [version, trace, parent, flags] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let is_hex = |part: &str, digits: usize| {
        part.len() == digits
            && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let says_something = |part: &str| part.bytes().any(|byte| byte != b'0');
    let sound = is_hex(version, 2)
        && version != "ff"
        && is_hex(trace, 32)
        && says_something(trace)
        && is_hex(parent, 16)
        && says_something(parent)
        && is_hex(flags, 2)
        && (version != "00" || parts.next().is_none());
    sound.then_some((trace, flags))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_trace_goes_on_with_a_part_of_ours() {
        let ours = Traceparent::follow(Some(GIVEN), || 0xabc);
        assert_eq!(ours.to_string(), "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abd-01");
        let later = GIVEN.replacen("00", "cc", 1) + "-more";
        assert_eq!(Traceparent::follow(Some(&later), || 0xabc), ours);
    }

    #[test]
    fn what_is_not_sound_begins_a_new_one() {
        let zeros = "0".repeat(32);
        for given in [
            "",
            "00",
            &GIVEN.to_uppercase(),
            &GIVEN.replace("4bf92f3577b34da6a3ce929d0e0e4736", &zeros),
            &GIVEN.replace("00f067aa0ba902b7", &zeros[..16]),
            &GIVEN.replacen("00", "ff", 1),
            &format!("{GIVEN}-more"),
        ] {
            let mut count = 0;
            let ours = Traceparent::follow(Some(given), || {
                count += 2;
                count
            });
            assert_eq!(
                ours.to_string(),
                "00-00000000000000030000000000000005-0000000000000007-00",
                "{given}"
            );
        }
    }
}
