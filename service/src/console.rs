//! What a person reads who calls a command; the service itself writes its log.

use std::fmt::Display;

/// Writes a result, on the standard output.
#[expect(clippy::print_stdout, reason = "the one place that prints")]
pub fn say(line: impl Display) {
    println!("{line}");
}

/// Writes what is not a result, on the standard error.
#[expect(clippy::print_stderr, reason = "the one place that prints")]
pub fn note(line: impl Display) {
    eprintln!("{line}");
}
