//! A mount path that is relative.

fn main() {
    let _ = infragen::mount!("tmp");
}
