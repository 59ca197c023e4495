//! `cargo xtask soak`: many requests, and memory that stays.

use clap::Args;

use crate::run::{cargo, run};

/// Asks the service a million times, and sees that its memory does not grow
///
/// The tests do the same with fewer requests.
#[derive(Args)]
pub(crate) struct Soak {
    /// How many requests
    #[arg(long, default_value_t = 1_000_000)]
    requests: u32,
}

impl Soak {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut test = cargo();
        test.args(["test", "--quiet", "--package", "service", "--test", "it", "soak::", "--", "--nocapture"]);
        run(test.env("SOAK_REQUESTS", self.requests.to_string()))
    }
}
