//! The version with its `v`.

fn main() {
    let _ = infragen::kubernetes!("v1.34");
}
