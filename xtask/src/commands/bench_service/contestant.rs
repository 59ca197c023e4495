//! The two programs, and how they are started.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::project;
use crate::run::{cargo, command, run, text};

/// A program that answers the endpoints.
pub(super) struct Contestant {
    pub(super) name: String,
    program: PathBuf,
    arguments: fn(u16) -> Vec<String>,
    folder: Option<PathBuf>,
}

/// One that runs, until it is dropped.
pub(super) struct Running {
    pub(super) port: u16,
    /// From its start to its first good report.
    pub(super) started: Duration,
    child: Child,
}

/// Ours, built for release.
pub(super) fn service() -> anyhow::Result<Contestant> {
    run(cargo().args(["build", "--release", "--package", "service"]))?;
    Ok(Contestant {
        name: "coworking-analytics".to_owned(),
        program: project::target().join("release/coworking-analytics"),
        arguments: |_| Vec::new(),
        folder: None,
    })
}

/// The stand-in, in an environment of Python of its own: two workers of four threads.
pub(super) fn flask() -> anyhow::Result<Contestant> {
    let source = project::root().join("xtask/peers/flask");
    let environment = project::target().join("tools/flask");
    let requirements = source.join("requirements.txt");
    let python = environment.join("bin/python");
    if !python.exists() {
        run(command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    run(command(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&requirements))?;
    let version = text(
        command(&python).args(["-c", "import flask, importlib.metadata as m; print(m.version('flask'))"]),
    )?;
    Ok(Contestant {
        name: format!("Flask {}", version.trim()),
        program: environment.join("bin/gunicorn"),
        arguments: |port| {
            [
                "--workers=2",
                "--threads=4",
                "--log-level=error",
                &format!("--bind=127.0.0.1:{port}"),
                "app:app",
            ]
            .map(str::to_owned)
            .to_vec()
        },
        folder: Some(source),
    })
}

/// Makes the tables, as the deployment's job does.
pub(super) fn migrate(
    service: &Contestant,
    variables: &[(&str, String)],
    folder: &Path,
) -> anyhow::Result<()> {
    let mut migrate = command(&service.program);
    migrate.current_dir(folder).envs(variables.iter().cloned()).env("AUTH_MODE", "none");
    text(migrate.arg("migrate")).map(drop)
}

impl Contestant {
    /// Starts it in `folder`, and waits for its first good report.
    pub(super) fn start(&self, variables: &[(&str, String)], folder: &Path) -> anyhow::Result<Running> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let log = folder.join("log");
        let mut command = command(&self.program);
        command.args((self.arguments)(port)).current_dir(self.folder.as_deref().unwrap_or(folder));
        command.envs(variables.iter().map(|(name, value)| (*name, value.as_str())));
        command
            .env("APP_PORT", port.to_string())
            .env("AUTH_MODE", "none")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        command.stdin(Stdio::null()).stdout(File::create(&log)?).stderr(File::create(&log)?).process_group(0);
        let start = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start {}", self.name))?;
        let mut running = Running { port, started: Duration::ZERO, child };
        while running.get("/api/reports/daily_usage").is_err() {
            let ended = running.child.try_wait()?.is_some();
            if ended || start.elapsed() > Duration::from_secs(60) {
                let log = std::fs::read_to_string(&log).unwrap_or_default();
                bail!("{} does not answer:\n{log}", self.name);
            }
            thread::sleep(Duration::from_millis(1));
        }
        running.started = start.elapsed();
        Ok(running)
    }
}

impl Running {
    /// The body of a good answer.
    pub(super) fn get(&self, path: &str) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no whole answer")?;
        ensure!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}");
        Ok(body.to_owned())
    }

    /// All its processes.
    pub(super) fn processes(&self) -> Vec<u32> {
        let mut all = vec![self.child.id()];
        let mut next = 0;
        while let Some(id) = all.get(next) {
            let children =
                std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
            all.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
            next += 1;
        }
        all
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            // It may be gone already.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
