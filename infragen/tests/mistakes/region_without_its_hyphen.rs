//! Another cloud's spelling.

fn main() {
    let _ = infragen::region!("us-east1");
}
