//! `mb`, as many type it.

fn main() {
    let _ = infragen::memory!("512mb");
}
