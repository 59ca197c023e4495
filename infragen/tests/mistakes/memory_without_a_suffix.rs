//! A number alone, which counts bytes.

fn main() {
    let _ = infragen::memory!("512");
}
