//! The suffix of CPU on a memory quantity: half a byte.

fn main() {
    let _ = infragen::memory!("500m");
}
