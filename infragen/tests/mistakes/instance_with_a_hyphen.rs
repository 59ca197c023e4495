//! Family and size joined wrongly.

fn main() {
    let _ = infragen::instance!("t3-medium");
}
