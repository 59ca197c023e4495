//! More than 16 bits: our message, not the one about `u16`.

fn main() {
    let _ = infragen::port!(70000);
}
