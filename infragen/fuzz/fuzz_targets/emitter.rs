//! The emitter against any tree that a text can hold.
#![no_main]

#[path = "../../tests/reader/target.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::write_again(bytes));
