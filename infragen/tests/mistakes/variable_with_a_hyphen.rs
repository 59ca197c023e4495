//! A variable that no shell can read.

fn main() {
    let _ = infragen::variable!("db-host");
}
