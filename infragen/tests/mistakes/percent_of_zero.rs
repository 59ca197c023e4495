//! A target of nothing.

fn main() {
    let _ = infragen::percent!(0);
}
