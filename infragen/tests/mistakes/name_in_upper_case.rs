//! A name as the repository is called.

fn main() {
    let _ = infragen::name!("Coworking_Analytics");
}
