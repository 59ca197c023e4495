//! A patch version, which a cluster is not told.

fn main() {
    let _ = infragen::kubernetes!("1.34.2");
}
