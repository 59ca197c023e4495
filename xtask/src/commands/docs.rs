//! `cargo xtask docs`: the pages that are made from the sources.

use clap::Args;

use crate::console::say;
use crate::run::{cargo, run};

/// Writes the pages of docs/ that are made from the sources: the manual of all rules, the schema of findings
#[derive(Args)]
pub(crate) struct Docs {}

impl Docs {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut test = cargo();
        test.args(["test", "--quiet", "--package", "infragen", "--test", "documentation"]);
        run(test.env("INFRAGEN_WRITE_DOCS", "1"))?;
        say("docs: written");
        Ok(())
    }
}
