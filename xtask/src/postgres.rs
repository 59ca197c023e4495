//! A PostgreSQL of a chore's own: Debian's programs, a folder and a free port, gone when the chore ends.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tempfile::TempDir;

use crate::run::text;

/// The master's password.
pub(crate) const PASSWORD: &str = "admin";

/// Runs the server until its standard input ends, which it does with the chore, however that ends.
const SUPERVISOR: &str = r#""$@" & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid"#;

/// A running server.
pub(crate) struct Postgres {
    /// Where it listens, on 127.0.0.1.
    pub(crate) port: u16,
    programs: PathBuf,
    supervisor: Child,
    folder: TempDir,
}

impl Postgres {
    /// Starts a server with these settings besides its own, such as `("max_connections", "300")`.
    pub(crate) fn start(settings: &[(&str, &str)]) -> anyhow::Result<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new().prefix("coworking-postgres").tempdir()?;
        let owner = owner()?;
        if let Some((user, group)) = owner {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let run = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(folder.path()).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C");
            command.process_group(0);
            if let Some((user, group)) = owner {
                command.uid(user).gid(group);
            }
            command
        };
        let data = folder.path().join("data");
        let password = folder.path().join("password");
        fs::write(&password, PASSWORD)?;
        let mut initdb = run(&programs.join("initdb"));
        initdb.args(["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]);
        text(initdb.arg("--no-sync").arg("--pwfile").arg(&password).arg("-D").arg(&data))?;

        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut supervisor = run(Path::new("sh"));
        supervisor.args(["-c", SUPERVISOR, "sh"]).arg(programs.join("postgres")).arg("-D").arg(&data);
        supervisor.arg("-k").arg(folder.path()).args(["-p", &port.to_string()]);
        supervisor.args(["-c", "listen_addresses=127.0.0.1"]);
        for (name, value) in settings {
            supervisor.arg("-c").arg(format!("{name}={value}"));
        }
        let log = fs::File::create(folder.path().join("log"))?;
        let supervisor = supervisor.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log).spawn()?;
        let server = Self { port, programs, supervisor, folder };
        server.wait()?;
        Ok(server)
    }

    fn wait(&self) -> anyhow::Result<()> {
        let end = Instant::now() + Duration::from_secs(30);
        while self.sql("postgres", "SELECT 1").is_err() {
            if Instant::now() > end {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                bail!("PostgreSQL does not start:\n{log}");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Runs statements as the server's master; gives what they print, without heads and frames.
    pub(crate) fn sql(&self, database: &str, statements: &str) -> anyhow::Result<String> {
        let mut psql = self.program("psql", database);
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]);
        text(psql.args(["--command", statements])).map(|printed| printed.trim().to_owned())
    }

    /// One of PostgreSQL's programs, told where the server is.
    pub(crate) fn program(&self, name: &str, database: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.envs([("PGHOST", "127.0.0.1"), ("PGUSER", "postgres"), ("PGPASSWORD", PASSWORD)]);
        command.envs([("PGPORT", self.port.to_string().as_str()), ("PGDATABASE", database)]);
        command
    }

    /// The variables that lead the service there, as the server's master.
    pub(crate) fn variables(&self, database: &str) -> Vec<(&'static str, String)> {
        vec![
            ("DB_HOST", "127.0.0.1".to_owned()),
            ("DB_PORT", self.port.to_string()),
            ("DB_USERNAME", "postgres".to_owned()),
            ("DB_PASSWORD", PASSWORD.to_owned()),
            ("DB_NAME", database.to_owned()),
        ]
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        // The folder can only go once nobody writes to it.
        let _ = self.supervisor.wait();
    }
}

/// The folder of PostgreSQL's programs: Debian's newest.
fn programs() -> anyhow::Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders =
        versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    let version = |bin: &PathBuf| {
        let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        name.and_then(|name| name.parse::<u32>().ok()).unwrap_or(0)
    };
    folders.max_by_key(version).context("PostgreSQL's programs are missing: `apt-get install postgresql`")
}

/// Who may run the server, if this user is root, whom it refuses.
fn owner() -> anyhow::Result<Option<(u32, u32)>> {
    if !rustix::process::getuid().is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let line = line.context("there is no user `postgres`: `apt-get install postgresql`")?;
    let mut numbers = line.split(':').skip(2).map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(user)), Some(Ok(group))) => Ok(Some((user, group))),
        _ => bail!("/etc/passwd is not understood: `{line}`"),
    }
}
