//! `cargo xtask fuzz`: the reader and the rules against texts by chance, for as long as somebody wants.

use clap::Args;

use crate::run::{cargo, run};

/// Looks for a text that the reader or a rule breaks on: a panic, a hang, a place outside of the text
///
/// Texts are those of `infragen/fuzz/corpus`, changed by chance. What breaks something is kept below the target folder and
/// named; made small, it belongs into the corpus, which every run of the tests goes through.
#[derive(Args)]
pub(crate) struct Fuzz {
    /// How long it looks
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

impl Fuzz {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut cargo = cargo();
        cargo.args(["test", "--quiet", "--package", "infragen", "--test", "reader", "by_chance"]);
        run(cargo.args(["--", "--nocapture"]).env("INFRAGEN_FUZZ_SECONDS", self.seconds.to_string()))
    }
}
