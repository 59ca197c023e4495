//! Reader, linter and mends against any bytes.
#![no_main]

#[path = "../../tests/reader/target.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::look(bytes));
