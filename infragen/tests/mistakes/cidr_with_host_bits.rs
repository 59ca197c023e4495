//! An address where a network is wanted.

fn main() {
    let _ = infragen::cidr!("10.0.0.1/16");
}
