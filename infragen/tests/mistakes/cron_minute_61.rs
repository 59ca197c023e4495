//! A minute that no hour has.

fn main() {
    let _ = infragen::cron!("61 * * * *");
}
