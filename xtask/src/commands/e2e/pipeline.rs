//! The deployment's buildspec, phase by phase: kubectl and the cluster are real, and aws alone is stood for.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::environment::Environment;
use super::stage::{AGAIN, Stage};
use crate::commands::buildspec;
use crate::project;
use crate::run::{output, said};

/// What a deployment gave.
pub(super) struct Deployed {
    /// From the first phase to the end of the last.
    pub(super) took: Duration,
    /// How many lines of the manifests `kubectl diff` showed to differ.
    differ: usize,
    /// What the Pods are now told to run.
    digest: String,
}

impl Deployed {
    /// As people read it.
    pub(super) fn told(&self) -> String {
        let digest = self.digest.get(..19).unwrap_or(&self.digest);
        format!("pre_build, build, post_build: {} lines differ, {digest}… runs", self.differ)
    }
}

/// Deploys the release `AGAIN`, which has this digest.
pub(super) fn deploy(
    stage: &Stage<'_>,
    environment: &Environment<'_>,
    digest: &str,
) -> anyhow::Result<Deployed> {
    let build = Build { stage, environment, digest };
    let begun = Instant::now();
    let looked = build.run("pre_build")?;
    ensure!(looked.status.success(), "the phase pre_build failed:\n{}", said(&looked));
    let built = build.run("build")?;
    let after = build.run("post_build")?;
    let took = begun.elapsed();
    ensure!(built.status.success(), "the phase build failed:\n{}", said(&built));
    ensure!(after.status.success(), "the phase post_build failed:\n{}", said(&after));
    let work = project::root().join("target/deployment");
    ensure!(!work.join("kubeconfig").exists(), "the phase post_build leaves the kubeconfig there");
    let runs = environment.image()?;
    ensure!(runs.ends_with(&format!("@{digest}")), "after the deployment {runs} runs, and not {digest}");
    let looked = said(&looked);
    let differ = looked.lines().filter(|line| line.starts_with('+') && !line.starts_with("+++")).count();
    ensure!(differ > 0, "`kubectl diff` shows nothing of another image:\n{looked}");
    fs::remove_dir_all(&work).with_context(|| format!("cannot remove {}", work.display()))?;
    Ok(Deployed { took, differ, digest: digest.to_owned() })
}

/// A build as CodeBuild runs it.
struct Build<'a> {
    stage: &'a Stage<'a>,
    environment: &'a Environment<'a>,
    digest: &'a str,
}

impl Build<'_> {
    /// Runs the commands of a phase in a shell of its own.
    fn run(&self, phase: &str) -> anyhow::Result<Output> {
        let commands = buildspec::commands(self.environment.name, "deployment", phase)?;
        let mut bash = self.shell(&commands)?;
        bash.env("CARGO_TARGET_DIR", project::target());
        output(&mut bash)
    }

    /// bash, with what both ways to a cluster and to a digest want.
    fn shell(&self, commands: &str) -> anyhow::Result<Command> {
        let (tag, kubeconfig) = (self.stage.later(AGAIN), self.kubeconfig()?);
        let mut bash = self.stage.kubectl().environment("bash");
        bash.args(["-e", "-c", &format!("PATH=\"$STAND_INS:$PATH\"\n{commands}")]);
        bash.env("STAND_INS", self.stand_ins()?);
        // A release tells its digest, and dev's cluster is reached by a secret; people give a tag, and EKS is asked.
        match self.environment.name {
            "dev" => bash.env("IMAGE_DIGEST", self.digest).env("KUBECONFIG_TEXT", kubeconfig),
            _ => bash
                .env("IMAGE_TAG", &tag)
                .env("TAG", &tag)
                .env("DIGEST", self.digest)
                .env("CLUSTER", kubeconfig),
        };
        Ok(bash)
    }

    /// The folder with what stands for aws.
    fn stand_ins(&self) -> anyhow::Result<PathBuf> {
        let bin = self.stage.folder.path().join("bin");
        fs::create_dir_all(&bin)?;
        let aws = bin.join("aws");
        fs::copy(project::root().join("xtask/peers/deployment/aws"), &aws)?;
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755))?;
        Ok(bin)
    }

    /// The cluster's, whose context has the name that the buildspec asks for.
    fn kubeconfig(&self) -> anyhow::Result<String> {
        let commands = buildspec::commands(self.environment.name, "deployment", "pre_build")?;
        let cluster = commands.lines().find_map(|line| line.trim().strip_prefix("cluster="));
        let cluster = cluster.context("the deployment names no cluster")?;
        let file = self.stage.folder.path().join("kubeconfig");
        let view = ["config", "view", "--raw", "--flatten", "--minify"];
        fs::write(&file, self.stage.kubectl().text(&view)?)?;
        let file = file.to_str().context("a path is not text")?;
        let now = self.stage.kubectl().text(&["config", "current-context"])?;
        let rename = ["config", "rename-context", now.trim(), cluster, "--kubeconfig", file];
        if now.trim() != cluster {
            self.stage.kubectl().text(&rename)?;
        }
        fs::read_to_string(file).context("cannot read the kubeconfig")
    }
}
