//! A digest that was cut.

fn main() {
    let _ = infragen::image!("nginx@sha256:0123abcd");
}
