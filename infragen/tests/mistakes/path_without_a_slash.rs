//! A path that is relative.

fn main() {
    let _ = infragen::path!("health");
}
