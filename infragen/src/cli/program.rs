//! How to call this program again, in advice that is meant to be copied.

use std::env;
use std::path::Path;

/// The name to call it by: `cargo infragen` when Cargo started it, else the program's own.
pub(super) fn name() -> String {
    if env::var_os("CARGO_MANIFEST_DIR").is_some() {
        return "cargo infragen".to_owned();
    }
    let called = env::args_os().next().unwrap_or_default();
    Path::new(&called)
        .file_stem()
        .map_or_else(|| "infragen".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// An argument as a POSIX shell reads it back.
pub(super) fn quoted(argument: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./=:,@%+".contains(&byte);
    if !argument.is_empty() && argument.bytes().all(is_plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_a_shell_would_change_is_quoted() {
        assert_eq!(quoted("images.api.tag=1.4.2"), "images.api.tag=1.4.2");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted(""), "''");
    }
}
