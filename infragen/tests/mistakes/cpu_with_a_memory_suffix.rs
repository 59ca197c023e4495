//! The suffix of memory on a CPU quantity.

fn main() {
    let _ = infragen::cpu!("500Mi");
}
