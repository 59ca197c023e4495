//! A space before the suffix.

fn main() {
    let _ = infragen::memory!("512 Mi");
}
