//! kubectl of the test cluster.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::run::command;

/// kubectl, with the test cluster's own configuration, or with that of whoever runs the chore.
pub(in crate::commands) struct Kubectl {
    cluster: Option<PathBuf>,
}

impl Kubectl {
    /// kubectl of this cluster.
    pub(in crate::commands) fn of(cluster: PathBuf) -> Self {
        Self { cluster: Some(cluster) }
    }

    /// kubectl of the cluster that KUBECONFIG names.
    pub(in crate::commands) fn named() -> Self {
        Self { cluster: None }
    }

    /// kubectl with these arguments.
    pub(in crate::commands) fn command(&self, arguments: &[&str]) -> Command {
        let mut kubectl = self.environment("kubectl");
        kubectl.args(arguments);
        kubectl
    }

    /// A program that finds kubectl, and by it the cluster.
    pub(in crate::commands) fn environment(&self, program: &str) -> Command {
        let Some(cluster) = &self.cluster else { return command(program) };
        let mut bash = command("bash");
        bash.args(["-c", r#"set -eu; settings=$("$0" env); eval "$settings"; exec "$@""#]);
        bash.arg(cluster).arg(program);
        bash
    }

    /// Runs it with this standard input; gives what it said, whether it failed or not.
    pub(in crate::commands) fn ask(&self, arguments: &[&str], input: &str) -> anyhow::Result<Output> {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run kubectl")?;
        if let Some(mut stdin) = child.stdin.take() {
            // Whoever does not read its input says why by itself.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output().context("cannot read what kubectl says")
    }

    /// Runs it; it must succeed. Gives its standard output, and its warnings.
    pub(in crate::commands) fn says(
        &self,
        arguments: &[&str],
        input: &str,
    ) -> anyhow::Result<(String, String)> {
        let output = self.ask(arguments, input)?;
        let complaint = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        if !output.status.success() {
            bail!("`kubectl {}` failed: {}\n{complaint}", arguments.join(" "), output.status);
        }
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), complaint))
    }

    /// Runs it; it must succeed. Gives its standard output.
    pub(in crate::commands) fn text(&self, arguments: &[&str]) -> anyhow::Result<String> {
        self.says(arguments, "").map(|(text, _)| text)
    }

    /// What it prints as JSON.
    pub(in crate::commands) fn json(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        let text = self.text(&[arguments, &["--output=json"]].concat())?;
        serde_json::from_str(&text).context("kubectl did not print JSON")
    }

    /// Starts `kubectl proxy`, which runs until the child is killed; gives its address.
    pub(in crate::commands) fn proxy(&self) -> anyhow::Result<(Child, String)> {
        let mut child = self.command(&["proxy", "--port=0"]).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("`kubectl proxy` has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        Ok((child, address))
    }

    /// The server's version.
    pub(in crate::commands) fn server_version(&self) -> anyhow::Result<String> {
        let version = self.json(&["version"])?;
        Ok(version["serverVersion"]["gitVersion"].as_str().unwrap_or("unknown").to_owned())
    }
}
