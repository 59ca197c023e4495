//! A hyphen left over.

fn main() {
    let _ = infragen::name!("coworking-");
}
