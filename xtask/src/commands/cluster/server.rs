//! The test cluster beside the checkout: started when it does not run, and stopped if it was started here.

use std::path::PathBuf;
use std::process::Command;

use crate::console::note;
use crate::project;
use crate::run::{command, run, succeeds, text};

use super::kubectl::Kubectl;

/// An API server that runs, until this goes.
pub(in crate::commands) struct Server {
    program: PathBuf,
    kubectl: Kubectl,
    started: bool,
}

impl Server {
    /// Starts it; or gives the reason why it cannot be had here.
    pub(in crate::commands) fn start() -> anyhow::Result<Result<Self, String>> {
        let program = project::root().join("../shared/cluster/cluster");
        if !program.exists() {
            return Ok(Err("there is no `../shared/cluster` beside the checkout".to_owned()));
        }
        if !rustix::process::geteuid().is_root() {
            return Ok(Err("the test cluster needs root".to_owned()));
        }
        if !succeeds("go", &["version"]) {
            return Ok(Err("the test cluster is built with Go 1.26, which is not there".to_owned()));
        }
        let runs = text(command(&program).arg("status"))?
            .lines()
            .any(|line| line.starts_with("kube-apiserver") && line.contains("runs"));
        let server = Self { kubectl: Kubectl::of(program.clone()), program, started: !runs };
        if runs {
            note("the test cluster runs already; it is left running");
        } else {
            run(server.cluster().arg("build"))?;
            run(server.cluster().args(["up", "--api-only"]))?;
        }
        Ok(Ok(server))
    }

    pub(in crate::commands) fn kubectl(&self) -> &Kubectl {
        &self.kubectl
    }

    fn cluster(&self) -> Command {
        command(&self.program)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.started
            && let Err(error) = run(self.cluster().arg("down"))
        {
            note(format_args!("the test cluster may still run: {error:#}"));
        }
    }
}
