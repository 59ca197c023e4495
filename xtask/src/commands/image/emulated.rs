//! The program of an image for another processor, run by an emulator: it says what it should, and serves.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::service::PROGRAM;
use super::{Built, http};
use crate::console::{note, skipped, time};
use crate::debian::{self, QEMU};
use crate::figures::Figures;
use crate::project;
use crate::run::{output, text};

/// Runs it.
pub(super) fn check(built: &Built, figures: &mut Figures) -> anyhow::Result<()> {
    if let Some((_, why)) = debian::provide(&[&QEMU])?.first() {
        skipped("running the image's program", format_args!("there is no emulator: {why}"));
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let program = folder.path().join(PROGRAM);
    let content = built.image.files()?.remove(PROGRAM).context("the image has no program")?.content;
    fs::write(&program, content)?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;

    let told = text(emulated(&program, folder.path()).arg("openapi"))?;
    let committed = fs::read_to_string(project::root().join("service/openapi.json"))?;
    figures.check("emulated: `openapi`", "what is committed", told.trim() == committed.trim());

    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let begun = Instant::now();
    let mut serve = emulated(&program, folder.path());
    serve.env("AUTH_MODE", "none").env("APP_PORT", port.to_string());
    let _server = Server(serve.stdout(Stdio::null()).spawn().context("cannot run the emulator")?);
    while !http::get(address, "/readiness_check").is_ok_and(|(status, _)| status == 200) {
        ensure!(begun.elapsed() < Duration::from_secs(120), "the emulated service is not ready after 120 s");
        thread::sleep(Duration::from_millis(50));
    }
    figures.measured("emulated: start to ready, embedded database", time(begun.elapsed()));
    for path in ["/api/reports/daily_usage", "/api/reports/user_visits", "/metrics"] {
        let (status, body) = http::get(address, path)?;
        figures.check(
            format!("emulated: {path}"),
            format!("{status}, {} bytes", body.len()),
            status == 200 && body.len() > 100,
        );
    }
    let health =
        output(emulated(&program, folder.path()).env("APP_PORT", port.to_string()).arg("healthcheck"))?;
    figures.check("emulated: `healthcheck`", health.status.to_string(), health.status.success());
    Ok(())
}

fn emulated(program: &Path, folder: &Path) -> Command {
    let mut emulator = Command::new("qemu-aarch64-static");
    emulator.arg(program).current_dir(folder).stdin(Stdio::null());
    emulator
}

/// A program that is stopped when this goes.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait().map(drop)) {
            note(format_args!("the emulated service may still run: {error}"));
        }
    }
}
