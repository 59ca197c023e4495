//! `MB`, as everywhere but in Kubernetes.

fn main() {
    let _ = infragen::memory!("512MB");
}
