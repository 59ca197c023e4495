//! The build itself, and what it gives: an image without moments, loaded under the name that deployments use.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;

use super::archive::{Archive, sha256};
use super::builder::Builder;
use super::engine::Engine;
use super::platform::Platform;
use super::release::Release;
use crate::commands::licences;
use crate::console::{note, time};
use crate::project;
use crate::run::{command, run, text};

/// An image that was built, and that the engine has under its name.
pub(in crate::commands) struct Built {
    /// The name that deployments use.
    pub(in crate::commands) name: String,
    /// The image as `docker load` and `ctr images import` read it.
    pub(in crate::commands) archive: PathBuf,
    /// What is linked into it, as CycloneDX.
    pub(super) bill: PathBuf,
    pub(super) id: String,
    pub(super) layers: Vec<String>,
    /// The hash of the program alone.
    pub(super) binary: String,
    pub(super) image: Archive,
}

/// Builds the image; the dependencies come from the engine's cache if they are there.
pub(in crate::commands) fn build(engine: &Engine) -> anyhow::Result<Built> {
    built(engine, Platform::default(), &[])
}

/// Builds the image for a platform.
pub(super) fn for_platform(engine: &Engine, platform: Platform) -> anyhow::Result<Built> {
    built(engine, platform, &[])
}

/// Builds the image from nothing.
pub(super) fn anew(engine: &Engine, platform: Platform) -> anyhow::Result<Built> {
    built(engine, platform, &["--no-cache"])
}

/// Takes the image that the engine has under the name that deployments use.
pub(super) fn taken(engine: &Engine) -> anyhow::Result<Built> {
    read(engine, &Release::rendered()?, Platform::default())
}

fn built(engine: &Engine, platform: Platform, more: &[&str]) -> anyhow::Result<Built> {
    let release = Release::rendered()?;
    let builder = Builder::provide(engine, platform)?;
    let revision = text(command("git").args(["rev-parse", "HEAD"]))?;
    let begun = Instant::now();
    let mut docker =
        engine.docker(&["build", "--file", &release.dockerfile, "--tag", &name(&release, platform)]);
    docker.args(more).args(&builder.arguments);
    for (label, value) in
        [("VERSION", &*release.version), ("REVISION", revision.trim()), ("SOURCE", &release.source)]
    {
        docker.arg(format!("--build-arg={label}={value}"));
    }
    run(docker.arg("."))?;
    note(format_args!("built in {}", time(begun.elapsed())));
    read(engine, &release, platform)
}

/// The name that deployments use; for another platform, one beside it.
fn name(release: &Release, platform: Platform) -> String {
    match platform {
        Platform::Amd64 => release.name(),
        Platform::Arm64 => format!("{}-{}", release.name(), platform.architecture()),
    }
}

/// Takes moments out of the image, and gives it back to the engine.
fn read(engine: &Engine, release: &Release, platform: Platform) -> anyhow::Result<Built> {
    let name = name(release, platform);
    let mut commit = command("git");
    commit.args(["log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]).env("TZ", "UTC");
    let moment = text(&mut commit)?;
    let folder = project::target().join("image");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = |end: &str| match platform {
        Platform::Amd64 => folder.join(format!("coworking-analytics{end}")),
        Platform::Arm64 => folder.join(format!("coworking-analytics-{}{end}", platform.architecture())),
    };
    let archive = file(".tar");
    run(engine.docker(&["save", "--output"]).arg(&archive).arg(&name))?;
    let mut image = Archive::read(&archive)?;
    image.normalise(moment.trim(), platform.architecture());
    image.write(&archive, &name)?;
    run(engine.docker(&["load", "--quiet", "--input"]).arg(&archive))?;
    let program = image.files()?.remove("coworking-analytics").context("the image has no program")?;
    let binary = sha256(&program.content);
    let bill = file(".cdx.json");
    let sbom = licences::sbom::sbom(&licences::linked()?, &release.version, &binary);
    std::fs::write(&bill, serde_json::to_string_pretty(&sbom)?)
        .with_context(|| format!("cannot write {}", bill.display()))?;
    Ok(Built { name, bill, archive, id: image.id()?, layers: image.layers(), binary, image })
}
