//! The service, started for a chore on its own sample of visits, and stopped with it.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context as _, bail};
use serde_json::Value;
use tempfile::TempDir;

use crate::project;
use crate::run::{cargo, run, text};

/// The secret that chores share with the service, and nobody else.
const SECRET: &str = "only-for-chores-on-this-machine-0";

/// Signs a token with Python's own library, for an hour.
const SIGN: &str = r#"
import base64, hashlib, hmac, json, sys, time
encode = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
claims = {"sub": sys.argv[2], "exp": int(time.time()) + 3600, "roles": sys.argv[3:]}
signed = encode(b'{"alg":"HS256"}') + b"." + encode(json.dumps(claims).encode())
print((signed + b"." + encode(hmac.new(sys.argv[1].encode(), signed, hashlib.sha256).digest())).decode())
"#;

/// Who may ask.
#[derive(Clone, Copy)]
pub(crate) enum Asking {
    /// Everybody.
    Anybody,
    /// Those with a token of [`token`].
    WithToken,
}

/// A running service. It is stopped when dropped.
pub(crate) struct Service {
    child: Child,
    address: String,
    _folder: TempDir,
}

/// Builds the service, and says where it is.
pub(crate) fn build() -> anyhow::Result<PathBuf> {
    run(cargo().args(["build", "--package", "service"]))?;
    Ok(project::target().join("debug/coworking-analytics"))
}

/// A token of somebody with these roles.
pub(crate) fn token(roles: &[&str]) -> anyhow::Result<String> {
    let mut python = Command::new("python3");
    Ok(text(python.args(["-c", SIGN, SECRET, "chore"]).args(roles))?.trim().to_owned())
}

impl Service {
    /// Starts `program`, and waits until it listens.
    pub(crate) fn start(program: &PathBuf, asking: Asking) -> anyhow::Result<Service> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(program);
        command.current_dir(folder.path()).env_clear().stdin(Stdio::null()).stdout(Stdio::piped());
        command.envs([("APP_PORT", "0"), ("DRAIN_SECONDS", "0")]);
        // A chore asks more in a minute than people do in a day.
        command.envs([("RATE_LIMIT_PER_MINUTE", "0"), ("RATE_LIMIT_PER_HOUR", "0")]);
        match asking {
            Asking::Anybody => command.env("AUTH_MODE", "none"),
            Asking::WithToken => command.env("AUTH_MODE", "jwt").env("SHARED_JWT_SECRET", SECRET),
        };
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let stdout = child.stdout.take().context("the service has no output")?;
        let mut service = Service { child, address: String::new(), _folder: folder };
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let mut seen = Vec::new();
        for line in lines.by_ref() {
            let value: Value = serde_json::from_str(&line).unwrap_or_default();
            if value["message"] == "listening" {
                service.address = format!("http://127.0.0.1:{}", value["port"]);
                break;
            }
            seen.push(line);
        }
        if service.address.is_empty() {
            bail!("the service did not start:\n{}", seen.join("\n"));
        }
        // Whoever does not read stops the service once the pipe is full.
        thread::spawn(move || lines.for_each(drop));
        Ok(service)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
