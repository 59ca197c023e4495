//! Another image tomorrow.

fn main() {
    let _ = infragen::image!("nginx:latest");
}
