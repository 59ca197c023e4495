//! The ARN of an IAM role.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{AccountId, account_id, scan};

/// Writes a [`RoleArn`] that the compiler has checked: `role_arn!("arn:aws:iam::111122223333:role/coworking")`.
#[macro_export]
macro_rules! role_arn {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::RoleArn = $crate::spec::quantity::RoleArn::literal($text);
        CHECKED
    }};
}

text! {
    /// `arn:PARTITION:iam::ACCOUNT:role/NAME`, where the partition is `aws` or starts with `aws-`, and a path may
    /// stand before the name.
    ///
    /// The characters: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.
    #[derive(PartialOrd, Ord)]
    RoleArn, "role ARN"
}

impl RoleArn {
    /// The account that the role belongs to.
    pub fn account(&self) -> AccountId {
        AccountId::parse(self.0.split(':').nth(4).unwrap_or_default())
            .unwrap_or_else(|_| unreachable!("`check` has seen the account"))
    }
}

const LONGEST_NAME: usize = 64;
const SHAPE: Mistake =
    mistake!("a role ARN has six parts joined by colons", "write arn:aws:iam::111122223333:role/NAME");
const START: Mistake =
    mistake!("a role ARN starts with `arn:aws:`", "write arn:aws:iam::111122223333:role/NAME");
const SERVICE: Mistake =
    mistake!("this is the ARN of another service than IAM", "write arn:aws:iam::111122223333:role/NAME");
const REGION: Mistake =
    mistake!("IAM has no region", "write two colons: arn:aws:iam::111122223333:role/NAME");
const NOT_A_ROLE: Mistake =
    mistake!("this is no role, but another thing of IAM", "write arn:aws:iam::111122223333:role/NAME");
const NO_NAME: Mistake =
    mistake!("after `role/` the name is missing", "write role/NAME, without a last slash");
const TOO_LONG: Mistake = mistake!("the name of a role is at most 64 characters long", "shorten it");
const CHARACTER: Mistake =
    mistake!("the name of a role holds letters, digits and `_+=,.@-` only", "leave the other characters out");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    let (arn, Some(rest)) = scan::split(text, b':') else { return Err(START) };
    let (partition, Some(rest)) = scan::split(rest, b':') else { return Err(SHAPE) };
    let (service, Some(rest)) = scan::split(rest, b':') else { return Err(SHAPE) };
    let (region, Some(rest)) = scan::split(rest, b':') else { return Err(SHAPE) };
    let (account, Some(resource)) = scan::split(rest, b':') else { return Err(SHAPE) };
    if !scan::equal(arn, b"arn") || !is_partition(partition) {
        return Err(START);
    }
    if !scan::equal(service, b"iam") {
        return Err(SERVICE);
    }
    if !region.is_empty() {
        return Err(REGION);
    }
    if let Err(mistake) = account_id::check(account) {
        return Err(mistake);
    }
    if !scan::starts_with(resource, b"role/") {
        return Err(NOT_A_ROLE);
    }
    check_name(resource.split_at(b"role/".len()).1)
}

/// Whether this is `aws`, or `aws-` with words: `aws-cn`, `aws-us-gov`.
const fn is_partition(text: &[u8]) -> bool {
    let [b'a', b'w', b's', rest @ ..] = text else { return false };
    let mut rest = rest;
    while let [byte, after @ ..] = rest {
        match (byte, after) {
            (b'-', [b'a'..=b'z', ..]) => {}
            (b'a'..=b'z', _) if rest.len() + 3 < text.len() => {}
            _ => return false,
        }
        rest = after;
    }
    true
}

const fn check_name(path: &[u8]) -> Result<(), Mistake> {
    let name = match scan::find_last(path, b'/') {
        Some(slash) => path.split_at(slash + 1).1,
        None => path,
    };
    if name.is_empty() {
        return Err(NO_NAME);
    }
    if name.len() > LONGEST_NAME {
        return Err(TOO_LONG);
    }
    let mut rest = path;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' => {}
            b'_' | b'+' | b'=' | b',' | b'.' | b'@' | b'-' => {}
            _ => return Err(CHARACTER),
        }
        rest = after;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<RoleArn>(&[
            "arn:aws:iam::111122223333:role/coworking",
            "arn:aws-us-gov:iam::111122223333:role/a/b/C_+=,.@-",
            "arn:aws-cn:iam::111122223333:role/x",
            &format!("arn:aws:iam::111122223333:role/{}", "a".repeat(64)),
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<RoleArn>(&[
            ("", START),
            ("coworking", START),
            ("arn:aws", SHAPE),
            ("arn:aws:iam::111122223333", SHAPE),
            ("arm:aws:iam::111122223333:role/a", START),
            ("arn:azure:iam::111122223333:role/a", START),
            ("arn:awsx:iam::111122223333:role/a", START),
            ("arn:aws-:iam::111122223333:role/a", START),
            ("arn:aws:s3::111122223333:role/a", SERVICE),
            ("arn:aws:iam:us-east-1:111122223333:role/a", REGION),
            ("arn:aws:iam::111122223333:user/a", NOT_A_ROLE),
            ("arn:aws:iam::111122223333:role/", NO_NAME),
            ("arn:aws:iam::111122223333:role/a/", NO_NAME),
            (&format!("arn:aws:iam::111122223333:role/{}", "a".repeat(65)), TOO_LONG),
            ("arn:aws:iam::111122223333:role/a b", CHARACTER),
            ("arn:aws:iam::111122223333:role/*", CHARACTER),
        ]);
    }

    #[test]
    fn knows_its_account() {
        let role = crate::role_arn!("arn:aws:iam::111122223333:role/coworking");
        assert_eq!(role.account(), crate::account!("111122223333"));
        let nonsense = RoleArn::parse("arn:aws:iam::1234:role/a").unwrap_err();
        assert!(nonsense.to_string().contains("12 digits"), "{nonsense}");
    }
}
