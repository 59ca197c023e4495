//! An underscore where Kubernetes wants a hyphen.

fn main() {
    let _ = infragen::name!("coworking_analytics");
}
