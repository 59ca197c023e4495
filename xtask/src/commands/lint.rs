//! `cargo xtask lint`: format, clippy, documentation, what the dependencies are, Dockerfiles, and secrets.

mod dockerfiles;
mod secrets;

use anyhow::bail;
use clap::Args;

use crate::console::{note, say, skipped};
use crate::run::{cargo, output, run, shown, succeeds};

/// Pinned, so that a new release of it cannot break a check that passed.
const CARGO_DENY: &str = "0.20.2";

type Check = fn() -> anyhow::Result<()>;

/// Checks format, clippy, documentation, licences and sources of dependencies, Dockerfiles, and that no secret is in
#[derive(Args)]
pub(crate) struct Lint {}

impl Lint {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let checks: [(&str, Check); 8] = [
            ("format", || run(cargo().args(["fmt", "--all", "--check"]))),
            ("clippy", || {
                run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
            }),
            ("documentation", || {
                run(cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"))
            }),
            ("dependencies", dependencies),
            ("advisories", advisories),
            ("licences", super::licences::check),
            ("Dockerfiles", dockerfiles::check),
            ("secrets", secrets::check),
        ];
        let mut failed = Vec::new();
        for (name, check) in checks {
            if let Err(error) = check() {
                note(format_args!("{name}: {error:#}"));
                failed.push(name);
            }
        }
        if !failed.is_empty() {
            bail!("lint: {} failed", failed.join(", "));
        }
        say("lint: format, clippy, documentation, dependencies, licences, Dockerfiles and secrets are clean");
        Ok(())
    }
}

fn dependencies() -> anyhow::Result<()> {
    if !succeeds("cargo", &["deny", "--version"]) {
        run(cargo().args(["install", "--locked", "cargo-deny", "--version", CARGO_DENY]))?;
    }
    run(cargo().args(["deny", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))
}

/// The advisories come from a repository that not every machine can reach.
fn advisories() -> anyhow::Result<()> {
    let mut deny = cargo();
    deny.args(["deny", "check", "advisories"]);
    note(format_args!("$ {}", shown(&deny)));
    let output = output(&mut deny)?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && complaint.contains("failed to fetch advisory database") {
        skipped("advisories", "the database of advisories cannot be fetched from here");
        return Ok(());
    }
    note(complaint.trim_end());
    if !output.status.success() {
        bail!("`{}` failed: {}", shown(&deny), output.status);
    }
    Ok(())
}
