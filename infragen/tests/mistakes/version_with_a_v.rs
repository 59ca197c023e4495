//! The name of a git tag.

fn main() {
    let _ = infragen::version!("v1.4.2");
}
