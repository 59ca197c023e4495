//! Values as words of a shell.

use std::io::{self, Write};

/// Writes a value so that a shell reads it as one word, whatever it holds: plain if that is safe, else in single quotes.
pub(crate) fn quote(value: &str, output: &mut dyn Write) -> io::Result<()> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@=+,".contains(&byte);
    if !value.is_empty() && value.bytes().all(plain) {
        return output.write_all(value.as_bytes());
    }
    write!(output, "'{}'", value.replace('\'', r"'\''"))
}

/// A value as one word.
pub(crate) fn word(value: &str) -> String {
    let mut word = Vec::new();
    // Writing to memory does not fail, and every byte comes from a text.
    let _ = quote(value, &mut word);
    String::from_utf8_lossy(&word).into_owned()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::word;

    #[test]
    fn what_is_safe_stays_as_it_is() {
        assert_eq!(
            word("111122223333.dkr.ecr.us-east-1.amazonaws.com/a_b:1"),
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/a_b:1"
        );
        assert_eq!(word(""), "''");
        assert_eq!(word("it's $HOME"), r"'it'\''s $HOME'");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_shell_reads_every_value_back(value in "[^\0]*") {
            let script = format!("printf %s {}", word(&value));
            let output = Command::new("bash").arg("-c").arg(script).output().unwrap();
            prop_assert_eq!(String::from_utf8(output.stdout).unwrap(), value);
        }
    }
}
