//! The release's buildspec, phase by phase, with the real engine and a registry in ECR's place: aws alone is stood for.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::Built;
use super::builder::Builder;
use super::engine::Engine;
use super::platform::Platform;
use super::release::Release;
use crate::commands::buildspec;
use crate::console::{note, skipped};
use crate::debian::{self, CURL, DOCKER_REGISTRY};
use crate::figures::Figures;
use crate::project;
use crate::run::{command, output, said, text};

/// What the registry asks of `docker login`.
const PASSWORD: &str = "a password of this run";

/// Runs each phase, and looks at what the registry has then.
pub(super) fn check(engine: &Engine, built: &Built, figures: &mut Figures) -> anyhow::Result<()> {
    if let Some((program, why)) = debian::provide(&[&DOCKER_REGISTRY, &CURL])?.first() {
        skipped("the release's phases", format_args!("there is no {}: {why}", program.name));
        return Ok(());
    }
    let release = Release::rendered()?;
    let folder = tempfile::tempdir()?;
    let registry = Registry::start(folder.path())?;
    let build = Build { engine, registry: &registry, release: &release, folder: folder.path() };
    build.stand_ins()?;

    let mut well = true;
    for phase in ["pre_build", "build", "post_build"] {
        let ran = build.run(phase)?;
        well &= ran.status.success();
        let told = if ran.status.success() { ran.status.to_string() } else { said(&ran) };
        figures.check(format!("release: phase {phase}, with the real engine"), told, ran.status.success());
    }
    if !well {
        return Ok(());
    }
    let exported = fs::read_to_string(folder.path().join("exported")).unwrap_or_default();
    let repository = build.here(&release.repository);
    let by_digest = format!("{repository}@{}", exported.trim());
    // What is pulled comes from the registry, and not from what the engine still has.
    build.forget(&repository)?;
    text(engine.docker(&["pull", "--quiet", &by_digest]).env("DOCKER_CONFIG", folder.path().join("docker")))?;
    let pulled: Value = serde_json::from_str(&engine.text(&["image", "inspect", &by_digest])?)?;
    let pulled = &pulled[0];
    let layers = pulled["RootFS"]["Layers"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let layers: Vec<&str> = layers.filter_map(|layer| layer.strip_prefix("sha256:")).collect();
    figures.check("release: what it exports is what was tried", exported.trim(), layers == built.layers);
    let label = |name: &str| {
        pulled["Config"]["Labels"][format!("org.opencontainers.image.{name}")].as_str().unwrap_or_default()
    };
    let (version, revision, source) = (label("version"), label("revision"), label("source"));
    figures.check(
        "release: its labels tell version, revision, source",
        format!("{version}, {revision}, {source}"),
        version == release.version && revision == self::revision()? && source == release.source,
    );
    ensure!(build.run("build")?.status.success(), "the second build failed");
    let again = build.run("post_build")?;
    figures.check(
        "release: run again, no tag moves but `latest`",
        format!("{} left as they are", said(&again).matches("is left as it is").count()),
        again.status.success() && said(&again).matches("is left as it is").count() == 3,
    );
    build.forget(&repository)?;
    if let Err(error) = engine.text(&["image", "rm", &by_digest]) {
        note(format_args!("{by_digest} is left: {error:#}"));
    }
    Ok(())
}

/// Runs what a pull request's build does before its tests, which are `cargo xtask test`, a step of CI by itself.
pub(super) fn pull_request(figures: &mut Figures) -> anyhow::Result<()> {
    let mut script = String::new();
    for phase in ["install", "pre_build"] {
        script += &format!("{}\n", buildspec::commands("prod", "pull-request", phase)?);
    }
    let mut bash = command("bash");
    bash.args(["-e", "-c", &script]).env("CARGO_TARGET_DIR", project::target());
    let ran = output(&mut bash)?;
    let told = if ran.status.success() { ran.status.to_string() } else { said(&ran) };
    figures.check("pull request: phases install and pre_build", told, ran.status.success());
    Ok(())
}

fn revision() -> anyhow::Result<String> {
    text(command("git").args(["rev-parse", "HEAD"])).map(|revision| revision.trim().to_owned())
}

/// A build as CodeBuild runs it.
struct Build<'a> {
    engine: &'a Engine,
    registry: &'a Registry,
    release: &'a Release,
    folder: &'a Path,
}

impl Build<'_> {
    /// A text of the buildspec with the registry of this run in the place of ECR's.
    fn here(&self, text: &str) -> String {
        let ecr = self.release.repository.split('/').next().unwrap_or_default();
        text.replace(ecr, &self.registry.address)
    }

    /// aws; and a docker that adds to `build` what it must be told of this machine, if anything.
    fn stand_ins(&self) -> anyhow::Result<()> {
        let bin = self.folder.join("bin");
        fs::create_dir_all(&bin)?;
        fs::copy(project::root().join("xtask/peers/release/aws"), bin.join("aws"))?;
        let docker = text(command("sh").args(["-c", "command -v docker"]))?;
        let arguments = Builder::provide(self.engine, Platform::default())?.arguments.join(" ");
        let script = format!(
            "#!/bin/sh\n[ \"$1\" != build ] || {{ shift; exec {0} build {arguments} \"$@\"; }}\nexec {0} \"$@\"\n",
            docker.trim()
        );
        let file = bin.join("docker");
        fs::write(&file, script)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        Ok(())
    }

    /// Takes away the names that a build gave.
    fn forget(&self, repository: &str) -> anyhow::Result<()> {
        let names = self.engine.text(&["images", "--format", "{{.Repository}}:{{.Tag}}", repository])?;
        for name in names.lines().filter(|name| !name.ends_with("<none>")) {
            self.engine.text(&["image", "rm", name])?;
        }
        Ok(())
    }

    /// Runs the commands of a phase in one shell, as the buildspec asks for.
    fn run(&self, phase: &str) -> anyhow::Result<Output> {
        let commands = self.here(&buildspec::commands("prod", "release", phase)?);
        let end = r#"printf '%s' "${IMAGE_DIGEST:-}" >"$EXPORTED""#;
        let bin = self.folder.join("bin");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut bash = self.engine.asked_by("bash");
        bash.args(["-e", "-c", &format!("{commands}\n{end}")]).envs([
            ("CODEBUILD_BUILD_NUMBER", "7"),
            ("CODEBUILD_BUILD_SUCCEEDING", "1"),
            ("CODEBUILD_RESOLVED_SOURCE_VERSION", &revision()?),
            ("PATH", &format!("{}:{path}", bin.display())),
            ("REGISTRY", &self.registry.address),
            ("REGISTRY_PASSWORD", PASSWORD),
        ]);
        bash.env("EXPORTED", self.folder.join("exported")).env("DOCKER_CONFIG", self.folder.join("docker"));
        output(&mut bash)
    }
}

/// A registry of images on this machine alone, that wants a password; it runs until this goes.
struct Registry {
    server: Child,
    address: String,
}

impl Registry {
    fn start(folder: &Path) -> anyhow::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let address = format!("127.0.0.1:{port}");
        // bcrypt alone is taken; Perl's `crypt` is that of the system.
        let hash = text(Command::new("perl").args([
            "-e",
            r#"print crypt($ARGV[0], '$2y$05$' . 'infragenInfragenInfrag')"#,
            PASSWORD,
        ]))?;
        ensure!(hash.starts_with("$2y$"), "this system's crypt has no bcrypt: `{hash}`");
        let users = folder.join("users");
        fs::write(&users, format!("AWS:{hash}\n"))?;
        let settings = serde_json::json!({
            "version": "0.1",
            "log": {"level": "warn"},
            "storage": {"filesystem": {"rootdirectory": folder.join("registry")}},
            "http": {"addr": address},
            "auth": {"htpasswd": {"realm": "release", "path": users}},
        });
        let file = folder.join("registry.yaml");
        // JSON is YAML.
        fs::write(&file, settings.to_string())?;
        let log = fs::File::create(folder.join("registry.log"))?;
        let server = Command::new("docker-registry")
            .arg("serve")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot run docker-registry")?;
        let registry = Self { server, address };
        let begun = Instant::now();
        while TcpStream::connect(&registry.address).is_err() {
            ensure!(
                begun.elapsed() < Duration::from_secs(20),
                "the registry does not answer:\n{}",
                fs::read_to_string(folder.join("registry.log")).unwrap_or_default()
            );
            thread::sleep(Duration::from_millis(50));
        }
        Ok(registry)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if let Err(error) = self.server.kill().and_then(|()| self.server.wait().map(drop)) {
            note(format_args!("the registry may still run: {error}"));
        }
    }
}
