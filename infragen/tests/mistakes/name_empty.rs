//! A name that was forgotten.

fn main() {
    let _ = infragen::name!("");
}
