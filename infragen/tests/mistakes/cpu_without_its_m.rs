//! Millicores without the `m`: 25,000 cores.

fn main() {
    let _ = infragen::cpu!("25000");
}
