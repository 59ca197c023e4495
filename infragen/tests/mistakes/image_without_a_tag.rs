//! No tag, which means `latest`.

fn main() {
    let _ = infragen::image!("nginx");
}
