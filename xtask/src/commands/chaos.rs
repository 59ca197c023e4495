//! `cargo xtask chaos`: faults, and what the service's clients notice of them.

use clap::Args;

use crate::run::{cargo, run};

/// Makes the database, the network and crowds of clients fail, and prints what the service's clients notice
///
/// It takes a minute and a half, and fails where they notice more than they may. Nothing else should run beside it.
#[derive(Args)]
pub(crate) struct Chaos {}

impl Chaos {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut test = cargo();
        test.args(["test", "--quiet", "--package", "service", "--test", "it", "chaos::"]);
        run(test.args(["--", "--ignored", "--nocapture"]))
    }
}
