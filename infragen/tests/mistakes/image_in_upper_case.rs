//! A repository in upper case.

fn main() {
    let _ = infragen::image!("Nginx:1");
}
