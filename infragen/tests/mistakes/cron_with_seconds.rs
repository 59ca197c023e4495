//! Six fields, as Quartz has them.

fn main() {
    let _ = infragen::cron!("* * * * * *");
}
