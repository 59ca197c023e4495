//! An availability zone.

fn main() {
    let _ = infragen::region!("us-east-1a");
}
