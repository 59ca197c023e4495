//! The port inside the host.

fn main() {
    let _ = infragen::host!("db.example.com:5432");
}
