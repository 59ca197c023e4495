//! compose.yaml for real: one command brings up service and database, every path answers, and all of it goes again.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::builder::{Builder, Context, debian};
use super::engine::Engine;
use super::http;
use super::platform::Platform;
use crate::console::{note, skipped, time};
use crate::debian::{self, DOCKER_COMPOSE};
use crate::figures::Figures;
use crate::project;
use crate::run::run;

/// Where compose.yaml publishes the service.
const PUBLISHED: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 5153);

/// Brings it up, asks it everything, and brings it down.
pub(super) fn check(engine: &Engine, figures: &mut Figures) -> anyhow::Result<()> {
    if let Err(error) = TcpListener::bind(PUBLISHED) {
        skipped("compose.yaml", format_args!("{PUBLISHED}, which it publishes, is taken: {error}"));
        return Ok(());
    }
    let plugin = engine.docker(&["compose", "version"]).output().is_ok_and(|told| told.status.success());
    if !plugin && let Some((_, why)) = debian::provide(&[&DOCKER_COMPOSE])?.first() {
        skipped("compose.yaml", format_args!("there is no Docker Compose: {why}"));
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let project = Project {
        engine,
        plugin,
        name: format!("infragen-image-{}", std::process::id()),
        machine: machine(engine, folder.path())?,
    };
    let begun = Instant::now();
    run(project.compose().args(["up", "--build", "--detach"]))?;
    while !http::get(PUBLISHED, "/readiness_check").is_ok_and(|(status, _)| status == 200) {
        if begun.elapsed() > Duration::from_secs(540) {
            run(project.compose().args(["logs"]))?;
            anyhow::bail!("compose.yaml: the service is not ready after {}", time(begun.elapsed()));
        }
        thread::sleep(Duration::from_millis(200));
    }
    figures.measured("compose.yaml: from `up --build` to ready", time(begun.elapsed()));
    let paths = paths()?;
    let bad = paths.iter().filter(|path| !http::get(PUBLISHED, path).is_ok_and(|(status, _)| status == 200));
    let bad: Vec<_> = bad.collect();
    figures.check(
        "compose.yaml: every path answers",
        format!("{} paths, not {bad:?}", paths.len()),
        bad.is_empty(),
    );
    let left = project.down()?;
    figures.check("compose.yaml: down leaves nothing", format!("{left:?}"), left.is_empty());
    Ok(())
}

/// Every path of the service's OpenAPI document that GET asks without a parameter in it.
fn paths() -> anyhow::Result<Vec<String>> {
    let file = project::root().join("service/openapi.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let document: Value = serde_json::from_str(&text)?;
    let paths = document["paths"].as_object().context("the OpenAPI document has no paths")?;
    let asked = paths.iter().filter(|(path, methods)| methods.get("get").is_some() && !path.contains('{'));
    let asked: Vec<String> = asked.map(|(path, _)| path.clone()).collect();
    ensure!(!asked.is_empty(), "{} has no path to ask", file.display());
    Ok(asked)
}

/// What compose.yaml cannot say of this machine: where no image can be pulled, the builder, and a PostgreSQL under the
/// name that it asks for.
fn machine(engine: &Engine, folder: &Path) -> anyhow::Result<Option<PathBuf>> {
    const POSTGRES: &str = "postgres:15.14";
    if engine.pulls() {
        return Ok(None);
    }
    let context = Context::of(&project::root().join("xtask/peers/postgres"), &[])?;
    let base = format!("BASE={}", debian(engine)?);
    let mut make = engine.docker(&["build", "--network=host", "--tag", POSTGRES, "--build-arg", &base]);
    engine.make(POSTGRES, make.arg(context.path()))?;
    let arguments = Builder::provide(engine, Platform::default())?.arguments;
    let arguments: Vec<&str> =
        arguments.iter().filter_map(|argument| argument.strip_prefix("--build-arg=")).collect();
    let build = json!({"build": {"network": "host", "args": arguments}});
    let file = folder.join("machine.yaml");
    // JSON is YAML.
    std::fs::write(&file, json!({"services": {"migrate": build, "coworking": build}}).to_string())?;
    Ok(Some(file))
}

/// What compose made, until this goes.
struct Project<'a> {
    engine: &'a Engine,
    /// Whether `docker compose` is there; else `docker-compose` is.
    plugin: bool,
    name: String,
    machine: Option<PathBuf>,
}

impl Project<'_> {
    fn compose(&self) -> Command {
        let mut compose = if self.plugin {
            self.engine.docker(&["compose"])
        } else {
            self.engine.asked_by("docker-compose")
        };
        compose.args(["--project-name", &self.name, "--file", "compose.yaml"]);
        if let Some(machine) = &self.machine {
            compose.arg("--file").arg(machine);
        }
        compose
    }

    /// Takes everything away, and gives what is there still.
    fn down(&self) -> anyhow::Result<Vec<String>> {
        run(self.compose().args(["down", "--volumes"]))?;
        let filter = format!("label=com.docker.compose.project={}", self.name);
        let mut left = Vec::new();
        for list in [
            ["ps", "--all", "--quiet", "--filter", &filter].as_slice(),
            &["volume", "ls", "--quiet", "--filter", &filter],
            &["network", "ls", "--quiet", "--filter", &filter],
        ] {
            left.extend(self.engine.text(list)?.lines().map(str::to_owned));
        }
        Ok(left)
    }
}

impl Drop for Project<'_> {
    fn drop(&mut self) {
        match self.compose().args(["down", "--volumes"]).output() {
            Ok(told) if told.status.success() => (),
            Ok(told) => note(format_args!(
                "{} may be left: {}",
                self.name,
                String::from_utf8_lossy(&told.stderr).trim_end()
            )),
            Err(error) => note(format_args!("{} may be left: {error}", self.name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_without_a_parameter_is_asked() {
        let paths = paths().unwrap();
        for path in ["/api/reports/daily_usage", "/health_check", "/metrics"] {
            assert!(paths.iter().any(|asked| asked == path), "{path} of {paths:?}");
        }
    }
}
