//! `cargo xtask licences`: what is linked into the service, and the texts of its licences.

mod linked;
mod page;
pub(super) mod sbom;

use std::fs;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::console::say;
use crate::project;

pub(super) use linked::linked;

/// The page, which the service's image holds.
const PAGE: &str = "service/licences.txt";

/// Writes service/licences.txt: what is linked into the service, and the texts of its licences
#[derive(Args)]
pub(crate) struct Licences {
    /// Writes nothing, and fails if it is not what is linked now
    #[arg(long)]
    check: bool,
}

impl Licences {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if self.check {
            return check();
        }
        let page = page::page(&linked()?)?;
        let path = project::root().join(PAGE);
        fs::write(&path, &page).with_context(|| format!("cannot write {}", path.display()))?;
        say(format_args!("licences: {PAGE} has {} bytes", page.len()));
        Ok(())
    }
}

/// Fails if the page is not what is linked now.
pub(super) fn check() -> anyhow::Result<()> {
    let path = project::root().join(PAGE);
    let there = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if there != page::page(&linked()?)? {
        bail!("{PAGE} is not what is linked now: run `cargo xtask licences`");
    }
    Ok(())
}
