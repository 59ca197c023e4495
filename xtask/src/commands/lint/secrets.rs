//! gitleaks over every file that is committed.

use crate::console::skipped;
use crate::project;
use crate::run::{command, run, succeeds, text};

/// Pinned, so that a new release of it cannot break a check that passed.
const GITLEAKS: &str = "github.com/zricethezav/gitleaks/v8@v8.30.1";

/// Looks for what looks like a secret.
pub(super) fn check() -> anyhow::Result<()> {
    let tools = project::target().join("tools");
    let gitleaks = tools.join("gitleaks");
    if !gitleaks.exists() {
        if !succeeds("go", &["version"]) {
            skipped("the scan for secrets", "there is no Go to build gitleaks with");
            return Ok(());
        }
        run(command("go").args(["install", GITLEAKS]).env("GOBIN", &tools).env("CGO_ENABLED", "0"))?;
    }
    // What is committed or staged, and nothing that lies about.
    let files = tempfile::tempdir()?;
    text(command("git").args(["checkout-index", "--all", &format!("--prefix={}/", files.path().display())]))?;
    run(command(gitleaks)
        .args(["dir", "--no-banner", "--no-color", "--redact", "--log-level=warn", "--verbose", "--config"])
        .arg(project::root().join(".gitleaks.toml"))
        .arg(files.path()))
}
