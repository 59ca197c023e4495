//! The port that means any port.

fn main() {
    let _ = infragen::port!(0);
}
