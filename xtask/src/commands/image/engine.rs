//! A Docker engine: the one that runs, or one that is started for a chore and stopped at its end.

use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::console::{note, time};
use crate::debian::{self, DOCKER};
use crate::project;
use crate::run::{command, output, text};

/// What is asked for to see whether images can be pulled: Debian, which the other images start from.
pub(in crate::commands) const DEBIAN: &str = "debian:bookworm-slim";

/// An engine that runs until this goes.
pub(in crate::commands) struct Engine {
    /// Where it listens, if it is not where `docker` looks.
    host: Option<String>,
    own: Option<Own>,
    pulls: OnceLock<bool>,
}

/// An engine that was started here.
struct Own {
    daemon: Child,
    /// Its socket and what runs; its images are kept in the cache.
    _folder: TempDir,
}

impl Engine {
    /// The engine that runs, or else one that is started; or the reason why none can be had here.
    pub(in crate::commands) fn start() -> anyhow::Result<Result<Self, String>> {
        let there = Self { host: None, own: None, pulls: OnceLock::new() };
        if there.answers() {
            return Ok(Ok(there));
        }
        if !rustix::process::geteuid().is_root() {
            return Ok(Err("no Docker engine runs, and only root could start one".to_owned()));
        }
        if let Some((_, why)) = debian::provide(&[&DOCKER])?.first() {
            return Ok(Err(format!("no Docker engine runs, and none can be started: {why}")));
        }
        Self::started().map(Ok)
    }

    /// Its own network is closed: it touches no firewall of the machine, and containers reach each other alone.
    fn started() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("infragen-engine-").tempdir_in("/run")?;
        let path = |name: &str| folder.path().join(name).display().to_string();
        let host = format!("unix://{}", path("docker.sock"));
        let log = project::cache().join("engine.log");
        let images = project::cache().join("engine");
        std::fs::create_dir_all(&images).with_context(|| format!("cannot make {}", images.display()))?;
        note("no Docker engine runs: starting one");
        let begun = Instant::now();
        let mut daemon = command("dockerd");
        daemon.args(["--host", &host, "--data-root"]).arg(&images);
        daemon.args(["--exec-root", &path("exec"), "--pidfile", &path("docker.pid"), "--log-level=warn"]);
        daemon.args(["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"]);
        let file = std::fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        daemon.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let daemon = daemon.spawn().context("cannot run dockerd")?;
        let mut engine =
            Self { host: Some(host), own: Some(Own { daemon, _folder: folder }), pulls: OnceLock::new() };
        while !engine.answers() {
            if let Some(own) = &mut engine.own
                && let Some(status) = own.daemon.try_wait()?
            {
                bail!("dockerd ended: {status}; {} tells more", log.display());
            }
            if begun.elapsed() > Duration::from_secs(60) {
                bail!("dockerd does not answer after 60 s; {} tells more", log.display());
            }
            thread::sleep(Duration::from_millis(100));
        }
        note(format_args!("the engine runs after {}", time(begun.elapsed())));
        Ok(engine)
    }

    fn answers(&self) -> bool {
        self.docker(&["info"]).output().is_ok_and(|output| output.status.success())
    }

    /// `docker` with these arguments, asking this engine.
    pub(in crate::commands) fn docker(&self, arguments: &[&str]) -> Command {
        let mut docker = self.asked_by("docker");
        docker.args(arguments);
        docker
    }

    /// A program that asks this engine.
    pub(super) fn asked_by(&self, program: &str) -> Command {
        let mut program = command(program);
        if let Some(host) = &self.host {
            program.env("DOCKER_HOST", host);
        }
        program
    }

    /// What `docker` with these arguments prints, without the end of its last line; it must succeed.
    pub(in crate::commands) fn text(&self, arguments: &[&str]) -> anyhow::Result<String> {
        text(&mut self.docker(arguments)).map(|text| text.trim_end().to_owned())
    }

    /// Whether it has an image of this name.
    pub(in crate::commands) fn has(&self, image: &str) -> bool {
        output(&mut self.docker(&["image", "inspect", image])).is_ok_and(|output| output.status.success())
    }

    /// Whether it reaches a registry of images.
    pub(in crate::commands) fn pulls(&self) -> bool {
        *self.pulls.get_or_init(|| {
            self.has(DEBIAN)
                || output(&mut self.docker(&["pull", "--quiet", DEBIAN]))
                    .is_ok_and(|output| output.status.success())
        })
    }

    /// Makes an image from a folder, unless there is one of this name.
    pub(in crate::commands) fn make(&self, image: &str, build: &mut Command) -> anyhow::Result<()> {
        if self.has(image) {
            return Ok(());
        }
        note(format_args!("making the image {image}"));
        let begun = Instant::now();
        text(build)?;
        note(format_args!("{image} took {}", time(begun.elapsed())));
        Ok(())
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.daemon.id()).ok().and_then(Pid::from_raw)
            && let Err(error) = kill_process(pid, Signal::TERM)
        {
            note(format_args!("the Docker engine may still run: {error}"));
        }
        if let Err(error) = self.daemon.wait() {
            note(format_args!("the Docker engine may still run: {error}"));
        }
    }
}
