//! Containers and networks that go when their values do.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Output;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};

use super::engine::Engine;
use crate::console::note;
use crate::run::{command, output, text};

/// A network on which containers find each other by name.
pub(super) struct Network<'a> {
    engine: &'a Engine,
    pub(super) name: String,
}

impl<'a> Network<'a> {
    /// Makes one.
    pub(super) fn make(engine: &'a Engine) -> anyhow::Result<Self> {
        let name = format!("infragen-image-{}", std::process::id());
        engine.text(&["network", "create", &name])?;
        Ok(Self { engine, name })
    }
}

impl Drop for Network<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.engine.text(&["network", "rm", &self.name]) {
            note(format_args!("the network {} is left: {error:#}", self.name));
        }
    }
}

/// A container that runs.
pub(super) struct Container<'a> {
    engine: &'a Engine,
    id: String,
}

impl<'a> Container<'a> {
    /// Starts one: `docker run --detach` with these arguments.
    pub(super) fn run(engine: &'a Engine, arguments: &[&str]) -> anyhow::Result<Self> {
        let id = engine.text(&[&["run", "--detach"], arguments].concat())?;
        Ok(Self { engine, id })
    }

    /// Runs a program in it; gives how it ended and what it said.
    pub(super) fn exec(&self, words: &[&str]) -> anyhow::Result<Output> {
        output(&mut self.engine.docker(&[&["exec", &self.id], words].concat()))
    }

    /// Runs a program in it that must succeed; gives its standard output.
    pub(super) fn says(&self, words: &[&str]) -> anyhow::Result<String> {
        self.engine.text(&[&["exec", &self.id], words].concat())
    }

    /// A field of it, as a template of `docker inspect`.
    pub(super) fn field(&self, template: &str) -> anyhow::Result<String> {
        self.engine.text(&["inspect", "--format", template, &self.id])
    }

    /// Where this machine reaches a port that was published.
    pub(super) fn address(&self, port: u16) -> anyhow::Result<SocketAddr> {
        let template = format!(r#"{{{{(index (index .NetworkSettings.Ports "{port}/tcp") 0).HostPort}}}}"#);
        let port = self.field(&template)?;
        Ok(SocketAddr::from((
            Ipv4Addr::LOCALHOST,
            port.parse().with_context(|| format!("no port: `{port}`"))?,
        )))
    }

    /// Everything that it printed.
    pub(super) fn logs(&self) -> anyhow::Result<String> {
        let output = output(&mut self.engine.docker(&["logs", &self.id]))?;
        let [out, err] =
            [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        Ok(out + &err)
    }

    /// When its program was started.
    pub(super) fn started(&self) -> anyhow::Result<SystemTime> {
        let started = self.field("{{.State.StartedAt}}")?;
        let started = text(command("date").args(["--date", &started, "+%s%N"]))?;
        let nanoseconds: u64 = started.trim().parse().with_context(|| format!("no moment: `{started}`"))?;
        Ok(SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds))
    }

    /// Sends SIGTERM.
    pub(super) fn terminate(&self) -> anyhow::Result<()> {
        self.engine.text(&["kill", "--signal", "TERM", &self.id]).map(drop)
    }

    /// Waits until it ends; it must end with 0.
    pub(super) fn ends_well(&self) -> anyhow::Result<()> {
        let status = self.engine.text(&["wait", &self.id])?;
        if status != "0" {
            bail!("the container ended with {status}:\n{}", self.logs()?);
        }
        Ok(())
    }

    /// Memory of its programs, in bytes of the container's own account: what counts against its limit, without the
    /// files that the kernel could forget.
    pub(super) fn memory(&self) -> anyhow::Result<f64> {
        let told = self.engine.text(&["stats", "--no-stream", "--format", "{{.MemUsage}}", &self.id])?;
        let used = told.split('/').next().unwrap_or_default().trim();
        let digits = used.trim_end_matches(char::is_alphabetic);
        let unit = match &used[digits.len()..] {
            "B" => 1.0,
            "KiB" => 1024.0,
            "MiB" => 1024.0 * 1024.0,
            "GiB" => 1024.0 * 1024.0 * 1024.0,
            _ => bail!("no memory: `{told}`"),
        };
        Ok(digits.parse::<f64>().with_context(|| format!("no memory: `{told}`"))? * unit)
    }

    /// Resident memory of all its processes together, in bytes; what they share is counted for each.
    pub(super) fn resident(&self) -> anyhow::Result<f64> {
        let told = self.engine.text(&["top", &self.id, "-o", "pid,rss"])?;
        let kibibytes = told.lines().skip(1).filter_map(|line| line.split_whitespace().nth(1));
        let kibibytes = kibibytes.map(str::parse::<f64>).sum::<Result<f64, _>>();
        Ok(kibibytes.with_context(|| format!("no memory: `{told}`"))? * 1024.0)
    }
}

impl Drop for Container<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.engine.text(&["rm", "--force", "--volumes", &self.id]) {
            note(format_args!("the container {} is left: {error:#}", self.id));
        }
    }
}
