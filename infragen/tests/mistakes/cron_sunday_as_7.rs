//! Sunday as 7, which Kubernetes refuses.

fn main() {
    let _ = infragen::cron!("0 3 * * 7");
}
