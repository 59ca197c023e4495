//! Less than a thousandth of a core.

fn main() {
    let _ = infragen::cpu!("0.0005");
}
