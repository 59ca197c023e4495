//! `cargo xtask dashboard`: the dashboard in a real browser.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::console::{say, skipped};
use crate::debian::{self, CHROMIUM, NODE};
use crate::project;
use crate::run::{command, run};
use crate::service::{self, Asking, Service};

/// Pinned, so that a new rule of axe-core cannot break what passed.
const PACKAGES: [&str; 2] = ["playwright-core@1.65.1", "axe-core@4.14.1"];

const LOOK: &str = include_str!("dashboard/look.mjs");

/// Looks at the dashboard with Chromium: pictures of it, its accessibility by axe-core, and what its policy forbids
///
/// Light, dark, on a phone, without JavaScript, with a keyboard, and signing in and out. The pictures are for people.
#[derive(Args)]
pub(crate) struct Dashboard {
    /// Where the pictures go; beside what is built, if this is not given
    #[arg(long)]
    pictures: Option<PathBuf>,
}

impl Dashboard {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some((program, why)) = debian::provide(&[&NODE, &CHROMIUM])?.first() {
            skipped(format_args!("the dashboard in a browser, for want of {}", program.name), why);
            return Ok(());
        }
        let folder = project::target().join("dashboard");
        fs::create_dir_all(&folder)?;
        let there = PACKAGES.iter().all(|package| is_installed(&folder, package));
        if !there
            && let Err(error) = run(command("npm")
                .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
                .arg(&folder)
                .args(PACKAGES))
        {
            skipped("the dashboard in a browser", format_args!("npm's packages cannot be had: {error:#}"));
            return Ok(());
        }
        let pictures = self.pictures.unwrap_or_else(|| folder.join("pictures"));
        fs::create_dir_all(&pictures)?;
        // Beside the packages, where it finds them.
        let look = folder.join("look.mjs");
        fs::write(&look, LOOK)?;
        let service = service::build()?;
        let open = Service::start(&service, Asking::Anybody)?;
        let guarded = Service::start(&service, Asking::WithToken)?;
        let mut browser = command("node");
        browser.arg(&look).arg(&pictures).args([open.address(), guarded.address()]);
        run(browser.env("TOKEN", service::token(&["admin"])?))?;
        say(format_args!("dashboard: nothing to mend; look at the pictures in {}", pictures.display()));
        Ok(())
    }
}

/// Whether the package is there in this version.
fn is_installed(folder: &std::path::Path, package: &str) -> bool {
    let Some((name, version)) = package.split_once('@') else { return false };
    let manifest = folder.join("node_modules").join(name).join("package.json");
    fs::read_to_string(manifest).is_ok_and(|text| text.contains(&format!("\"version\": \"{version}\"")))
}
