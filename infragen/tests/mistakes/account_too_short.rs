//! Four digits of twelve.

fn main() {
    let _ = infragen::account!("1234");
}
