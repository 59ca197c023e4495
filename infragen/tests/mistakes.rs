//! Mistakes that people make, each a compile error whose message says what to write instead.
//!
//! After a message has changed: `TRYBUILD=overwrite cargo test -p infragen --test mistakes`, then read the difference.

#[test]
fn each_is_a_compile_error() {
    trybuild::TestCases::new().compile_fail("tests/mistakes/*.rs");
}
