//! A URL where a host is wanted.

fn main() {
    let _ = infragen::host!("https://db.example.com");
}
