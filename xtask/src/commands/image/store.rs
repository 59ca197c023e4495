//! The PostgreSQL that the image is tried against: reached by name, by TLS alone, with an authority of its own.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use tempfile::TempDir;

use super::authorities;
use super::builder::{Context, debian};
use super::container::{Container, Network};
use super::engine::Engine;
use crate::project;

/// The name that its certificate is for, and that the network knows.
pub(super) const NAME: &str = "database.coworking.test";
/// Another name that the network knows; the certificate does not.
pub(super) const ALIAS: &str = "other.coworking.test";
/// Two hundred users, and thirty thousand tokens of three years, of which nine in ten were used.
pub(in crate::commands) const VISITS: &str = "\
    INSERT INTO users (first_name, last_name, joined_at, is_active) \
        SELECT 'First' || n, 'Last' || n, timestamp '2023-01-01' + n * interval '1 day', true FROM generate_series(1, 200) n; \
    INSERT INTO tokens (user_id, token, created_at, used_at) \
        SELECT 1 + n % 200, substr(md5(n::text), 1, 6), timestamp '2023-01-01' + n * interval '52 minutes', \
            CASE WHEN n % 10 > 0 THEN timestamp '2023-01-01' + n * interval '52 minutes' END FROM generate_series(1, 30000) n; \
    ANALYZE";

/// The image of what checks ask and are asked by.
pub(in crate::commands) fn tools(engine: &Engine) -> anyhow::Result<String> {
    let context = Context::of(&project::root().join("xtask/peers/tools"), &[])?;
    let image = format!("infragen/tools:{}", context.hash);
    let base = format!("BASE={}", debian(engine)?);
    let mut make = engine.docker(&["build", "--network=host", "--tag", &image, "--build-arg", &base]);
    engine.make(&image, make.arg(context.path()))?;
    Ok(image)
}

/// A server that runs until this goes.
pub(super) struct Store<'a> {
    // In the order in which they go.
    server: Container<'a>,
    pub(super) network: Network<'a>,
    folder: TempDir,
}

impl<'a> Store<'a> {
    /// Starts one, with an empty database.
    pub(super) fn start(engine: &'a Engine) -> anyhow::Result<Self> {
        let image = tools(engine)?;
        let network = Network::make(engine)?;
        let aliases = ["--network", &network.name, "--network-alias", NAME, "--network-alias", ALIAS];
        let server = Container::run(
            engine,
            &[&aliases[..], &["--env", "PASSWORD=it's a secret", &image, NAME]].concat(),
        )?;
        let store = Self { server, network, folder: tempfile::tempdir()? };
        let end = Instant::now() + Duration::from_secs(60);
        while store.ask("SELECT 1").is_err() {
            ensure!(Instant::now() < end, "PostgreSQL does not answer:\n{}", store.server.logs()?);
            thread::sleep(Duration::from_millis(200));
        }
        let authority = store.server.says(&["cat", "/var/lib/postgresql/tls/authority.pem"])?;
        fs::write(store.authority(), authority)?;
        fs::write(store.folder.path().join("other.pem"), authorities::machine()?)?;
        Ok(store)
    }

    /// The file of the authority that signed its certificate, and none else.
    pub(super) fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// A file of authorities that did not.
    pub(super) fn other_authorities(&self) -> PathBuf {
        self.folder.path().join("other.pem")
    }

    /// What it answers to SQL.
    pub(super) fn ask(&self, sql: &str) -> anyhow::Result<String> {
        self.server.says(&[
            "psql",
            "--host=/tmp",
            "--username=coworking",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--command",
            sql,
        ])
    }

    /// Fills the tables.
    pub(super) fn fill(&self) -> anyhow::Result<()> {
        self.ask(VISITS).map(drop)
    }

    /// A number that it answers to SQL.
    pub(super) fn number(&self, sql: &str) -> anyhow::Result<u64> {
        let told = self.ask(sql)?;
        told.parse().with_context(|| format!("`{sql}` gave `{told}`"))
    }

    /// Asks a path again and again for so many seconds, from beside the database, on as many connections as the service
    /// has for reports; gives answers a second.
    pub(super) fn load(&self, host: &str, path: &str, seconds: u32) -> anyhow::Result<Load> {
        let (duration, url) = (format!("{seconds}s"), format!("http://{host}:5153{path}"));
        Load::read(&self.server.says(&[
            "wrk",
            "--threads=1",
            "--connections=4",
            "--duration",
            &duration,
            "--latency",
            &url,
        ])?)
    }
}

/// What wrk saw.
#[derive(Debug, PartialEq)]
pub(super) struct Load {
    pub(super) per_second: f64,
    pub(super) answers: u64,
    /// Answers that were no success, and connections that broke.
    pub(super) failed: u64,
}

impl Load {
    fn read(told: &str) -> anyhow::Result<Self> {
        let mut load = Self { per_second: 0.0, answers: 0, failed: 0 };
        for line in told.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("Requests/sec:") {
                load.per_second = rest.trim().parse()?;
            } else if let Some(rest) = line.strip_prefix("Non-2xx or 3xx responses:") {
                load.failed += rest.trim().parse::<u64>()?;
            } else if let Some(rest) = line.strip_prefix("Socket errors:") {
                let numbers = rest.split([' ', ',']).filter_map(|word| word.parse::<u64>().ok());
                load.failed += numbers.sum::<u64>();
            } else if line.contains(" requests in ") {
                load.answers = line.split(' ').next().unwrap_or_default().parse()?;
            }
        }
        ensure!(load.answers > 0, "wrk saw no answer:\n{told}");
        Ok(load)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_under_load_is_counted() {
        let told = "  5023 requests in 3.00s, 1.2MB read\n  Socket errors: connect 0, read 3, write 1, timeout 0\n  \
                    Non-2xx or 3xx responses: 7\nRequests/sec:   1674.33\n";
        let load = Load::read(told).unwrap();
        assert_eq!(load, Load { per_second: 1674.33, answers: 5023, failed: 11 });
        assert!(Load::read("unable to connect").is_err());
    }
}
